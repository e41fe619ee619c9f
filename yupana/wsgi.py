"""The door for any WSGI server: `yupana.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yupana.settings")

application = get_wsgi_application()
