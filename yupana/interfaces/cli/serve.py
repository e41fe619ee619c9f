"""The server: portal and desk on this machine, and the record sealed behind them every few seconds."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from typing import TYPE_CHECKING

import click
import waitress
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yupana.foundation import home
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger import memory
from yupana.foundation.ledger.queries import unsealed_count
from yupana.interfaces import words
from yupana.interfaces.cli import database
from yupana.interfaces.cli.frame import Number, Option, Rejected, Task
from yupana.interfaces.interchange.labels import problem
from yupana.interfaces.links import looking
from yupana.interfaces.mail import served_at
from yupana.projections import followers
from yupana.wsgi import application

if TYPE_CHECKING:
    from types import FrameType

log = logging.getLogger(__name__)
SECONDS_BETWEEN_TICKS = 3
THREADS = 16  # writers wait in a queue; there must be somebody left to answer readers
MOST_BODY = 16 * 2**20  # twice what a form may hold: what is larger is refused before it arrives
FORWARDED = {"x-forwarded-for", "x-forwarded-proto"}
PORTS = Number(0, 65535)


@click.command("serve", cls=Task, help=gettext_noop("Serve portal and desk, and tick every few seconds."))
@click.option("--host", default="127.0.0.1", show_default=True, cls=Option, help=gettext_noop("Address to listen on."))
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=PORTS,
    cls=Option,
    help=gettext_noop("Port to listen on; 0 takes a free one."),
)
@click.option(
    "--behind-proxy",
    metavar="ADDRESS",
    cls=Option,
    help=gettext_noop(
        "Address from which the proxy in front connects, such as 127.0.0.1. Only it is believed when it says how and"
        " from where a request came (X-Forwarded-Proto, X-Forwarded-For)."
    ),
)
def serve(host: str, port: int, behind_proxy: str | None) -> None:
    """Serve until told to stop."""
    if settings.HTTPS and not behind_proxy:
        told = _("YUPANA_ORIGIN is set, so only https is answered: name the proxy that speaks it with --behind-proxy.")
        click.echo(f"yupana: {told}", err=True)
    run(host, port, behind_proxy)


def run(host: str, port: int, behind_proxy: str | None = None) -> None:
    """Listen, say where, and stop in order when the machine or a person says so."""
    memory.check()  # what people would hand in could not be sealed
    try:
        str(settings.SECRET_KEY)  # now and not with the first who signs in
    except home.WeakKey as weak:
        raise Rejected(str(weak)) from weak
    # Without a proxy waitress takes these headers away: nobody can say that he came by https, or from elsewhere.
    proxy = {"trusted_proxy": behind_proxy, "trusted_proxy_headers": FORWARDED} if behind_proxy else {}
    try:
        server = waitress.create_server(
            application, host=host, port=port, threads=THREADS, ident=None, max_request_body_size=MOST_BODY, **proxy
        )
    except OSError as error:
        told = _("Cannot listen on %(host)s:%(port)d: %(error)s. Another port: --port 8001")
        raise Rejected(told % {"host": host, "port": port, "error": problem(error)}) from error
    served_at(host, int(server.effective_port))
    stop = threading.Event()
    ticking = threading.Thread(target=keep_ticking, args=(stop,), name="tick")
    signal.signal(signal.SIGTERM, _leave)
    ticking.start()
    click.echo(
        _("Yupana is at http://%(host)s:%(port)d/ (stop it with Ctrl+C)")
        % {"host": host, "port": int(server.effective_port)}
    )
    sys.stdout.flush()
    try:
        with database.serving():
            server.run()  # returns on SystemExit and KeyboardInterrupt
    finally:
        stop.set()
        server.close()
        ticking.join()
    click.echo(_("Stopped."))


def keep_ticking(stop: threading.Event, seconds: float = SECONDS_BETWEEN_TICKS) -> None:
    """Seal and follow what is recorded until told to stop; what fails now is tried again next time.

    Once a day it ticks although nothing was recorded: the day itself brings notices.
    """
    told, links = None, True
    while not stop.wait(seconds):
        try:
            close_old_connections()
            today = timezone.localdate()
            if unsealed_count() or told != today:
                followers.tick()
                told, links = today, True
            if links:  # one at a time: whoever waits for a seal waits for one link at most
                links = bool(looking.look(on=today, most=1))
        except DatabaseError:
            log.exception("tick failed; it will be tried again")
        except Refused as refused:
            log.error("nothing is sealed: %s", words.sentence(refused))  # noqa: TRY400 - a sentence says more here
        except Exception:  # a full disk too: what ended here would stay ended until somebody starts the server anew
            log.exception("tick failed for a reason nobody foresaw; it will be tried again")
    connections.close_all()  # those of this thread: nobody else will


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
