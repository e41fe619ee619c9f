"""The table of `test_permissions`: what everybody is answered, at every address, by every method, about everything."""

from __future__ import annotations

from tests import (
    permissions_evaluation,
    permissions_evidence,
    permissions_followup,
    permissions_indicators,
    permissions_reporting,
    permissions_verification,
)
from tests.cast import PASSWORD
from tests.permissions_editions import TABLE as OF_EDITIONS

FOLLOWED = (
    permissions_evaluation,
    permissions_evidence,
    permissions_followup,
    permissions_indicators,
    permissions_reporting,
    permissions_verification,
)
ROLES = ("anonymous", "planner", "executive", "foreign", "reviewer", "governor", "auditor", "expired")
METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS")
PLANS = ("draft", "submitted", "returned", "public", "restricted")

# `handed-in` is every plan but the draft, `*` every object that there is. The columns are ROLES, in their order:
# planner and executive act for the entity whose plans these are; foreign plans for another one; reviewer, governor
# (who publishes and calls) and auditor act for the authority; the mandate of expired has ended.
TABLE = (
    """
url          object                        method                anon  plnr  exec  forgn revr  govr  audtr exprd
inbox        -                             GET,HEAD              302   200   200   200   200   200   200   200
inbox        -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
sign-in      -                             GET,HEAD              200   302   302   302   302   302   302   302
sign-in      -                             POST                  422   422   422   422   422   422   422   422
sign-in      -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
sign-out     -                             POST                  302   302   302   302   302   302   302   302
sign-out     -                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
password     -                             GET,HEAD              302   200   200   200   200   200   200   403
password     -                             POST                  403   302   302   302   302   302   302   403
password     -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
plan         *                             GET,HEAD              302   200   200   404   404   404   404   403
plan         draft                         POST                  403   409   403   404   404   404   404   403
plan         handed-in                     POST                  403   409   403   404   404   404   404   403
plan         *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
plan-cells   draft                         POST                  403   200   403   404   404   404   404   403
plan-cells   handed-in                     POST                  403   404   403   404   404   404   404   403
plan-cells   *                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
plan-start   draft                         POST                  403   302   302   404   404   404   404   403
plan-start   submitted                     POST                  403   409   403   404   404   404   404   403
plan-start   returned,public,restricted    POST                  403   302   403   404   404   404   404   403
plan-start   *                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
plan-header  draft                         GET,HEAD              302   200   403   404   404   404   404   403
plan-header  draft                         POST                  403   409   403   404   404   404   404   403
plan-header  handed-in                     GET,HEAD              302   404   403   404   404   404   404   403
plan-header  handed-in                     POST                  403   404   403   404   404   404   404   403
plan-header  *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
plan-discard draft                         GET,HEAD              302   200   403   404   404   404   404   403
plan-discard draft                         POST                  403   302   403   404   404   404   404   403
plan-discard handed-in                     GET,HEAD              302   404   403   404   404   404   404   403
plan-discard handed-in                     POST                  403   404   403   404   404   404   404   403
plan-discard *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
plan-why     draft,submitted,returned,public GET,HEAD            302   200   200   200   200   200   200   403
plan-why     restricted                    GET,HEAD              302   200   200   404   200   200   200   403
plan-why     *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
plan-copy    draft                         GET,HEAD              302   200   403   404   404   404   404   403
plan-copy    draft                         POST                  403   422   403   404   404   404   404   403
plan-copy    handed-in                     GET,HEAD              302   404   403   404   404   404   404   403
plan-copy    handed-in                     POST                  403   404   403   404   404   404   404   403
plan-copy    *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
plan-year    *                             GET,HEAD              302   200   200   404   404   404   404   403
plan-year    *                             POST                  403   302   302   404   404   404   404   403
plan-year    *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
plan-submit  draft                         GET,HEAD              302   200   200   404   404   404   404   403
plan-submit  draft                         POST                  403   302   302   404   404   404   404   403
plan-submit  handed-in                     GET,HEAD              302   404   404   404   404   404   404   403
plan-submit  handed-in                     POST                  403   404   404   404   404   404   404   403
plan-submit  *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
row-add      draft                         GET,HEAD              302   200   403   404   404   404   404   403
row-add      draft                         POST                  403   302   403   404   404   404   404   403
row-add      handed-in                     GET,HEAD              302   404   403   404   404   404   404   403
row-add      handed-in                     POST                  403   409   403   404   404   404   404   403
row-add      *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
row          draft                         GET,HEAD              302   200   403   404   404   404   404   403
row          draft                         POST                  403   409   403   404   404   404   404   403
row          handed-in                     GET,HEAD              302   404   403   404   404   404   404   403
row          handed-in                     POST                  403   409   403   404   404   404   404   403
row          *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
partners     draft                         GET,HEAD              302   200   403   404   404   404   404   403
partners     draft                         POST                  403   302   403   404   404   404   404   403
partners     handed-in                     GET,HEAD              302   404   403   404   404   404   404   403
partners     handed-in                     POST                  403   404   403   404   404   404   404   403
partners     *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
partner      -                             GET,HEAD              302   200   200   200   200   200   200   403
partner      -                             POST                  403   403   403   302   403   403   403   403
partner      -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
row-remove   draft                         GET,HEAD              302   200   403   404   404   404   404   403
row-remove   draft                         POST                  403   409   403   404   404   404   404   403
row-remove   handed-in                     GET,HEAD              302   404   403   404   404   404   404   403
row-remove   handed-in                     POST                  403   404   403   404   404   404   404   403
row-remove   *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
foreign      draft                         GET,HEAD              302   200   403   404   404   404   404   403
foreign      draft                         POST                  403   422   403   404   404   404   404   403
foreign      handed-in                     GET,HEAD              302   404   403   404   404   404   404   403
foreign      handed-in                     POST                  403   404   403   404   404   404   404   403
foreign      *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
foreign-columns *                          GET,HEAD              302   404   403   404   404   404   404   403
foreign-columns *                          POST                  403   404   403   404   404   404   404   403
foreign-columns *                          PUT,OPTIONS           405   405   405   405   405   405   405   405
plan-justify draft                         POST                  403   302   403   404   404   404   404   403
plan-justify handed-in                     POST                  403   404   404   404   404   404   404   403
plan-justify *                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
plan-ready   draft                         POST                  403   302   403   404   404   404   404   403
plan-ready   handed-in                     POST                  403   404   404   404   404   404   404   403
plan-ready   *                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
plan-approve draft                         GET,HEAD              302   403   200   404   404   404   404   403
plan-approve draft                         POST                  403   403   302   404   404   404   404   403
plan-approve handed-in                     GET,HEAD              302   404   404   404   404   404   404   403
plan-approve handed-in                     POST                  403   404   404   404   404   404   404   403
plan-approve *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
plan-give-back draft                       GET,HEAD              302   403   200   404   404   404   404   403
plan-give-back draft                       POST                  403   403   409   404   404   404   404   403
plan-give-back handed-in                   GET,HEAD              302   404   404   404   404   404   404   403
plan-give-back handed-in                   POST                  403   404   404   404   404   404   404   403
plan-give-back *                           PUT,OPTIONS           405   405   405   405   405   405   405   405
plan-file-add draft                        POST                  403   302   302   404   404   404   404   403
plan-file-add handed-in                    POST                  403   404   404   404   404   404   404   403
plan-file-add *                            GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
plan-file-remove *                         POST                  403   404   404   404   404   404   404   403
plan-file-remove *                         GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
version-print draft                        GET,HEAD              302   200   200   404   404   404   404   403
version-print submitted,returned,restricted GET,HEAD             302   200   200   404   200   200   200   403
version-print public                       GET,HEAD              302   200   200   200   200   200   200   403
version-print *                            POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
version-file *                             GET,HEAD              302   404   404   404   404   404   404   403
version-file *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
printed      public                        GET,HEAD              200   200   200   200   200   200   200   200
printed      draft,submitted,returned,restricted GET,HEAD        404   404   404   404   404   404   404   404
printed      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
plan_document *                            GET,HEAD              404   404   404   404   404   404   404   404
plan_document *                            POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
verify_plan  submitted,returned,public,restricted GET,HEAD              200   200   200   200   200   200   200   200
verify_plan  draft                         GET,HEAD              404   404   404   404   404   404   404   404
verify_plan  *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
workbook     *                             GET,HEAD              302   200   200   404   404   404   404   403
workbook     *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
workbook-file *                            GET,HEAD              302   200   200   404   404   404   404   403
workbook-file *                            POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
workbook-add *                             POST                  403   422   403   404   404   404   404   403
workbook-add *                             GET,HEAD              302   302   302   302   302   302   302   403
workbook-add *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
upload       -                             GET,HEAD              302   200   404   404   404   404   404   403
upload       -                             POST                  403   302   404   404   404   404   404   403
upload       -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
upload-drop  -                             POST                  403   302   404   404   404   404   404   403
upload-drop  -                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
version      draft                         GET,HEAD              302   404   404   404   404   404   404   403
version      submitted,returned,restricted GET,HEAD              302   200   200   404   200   200   200   403
version      public                        GET,HEAD              302   200   200   200   200   200   200   403
version      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
queue        -                             GET,HEAD              302   403   403   403   200   200   200   403
queue        -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
queue-together -                             POST                  403   403   403   403   302   302   403   403
queue-together -                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
review-notes draft                         POST                  403   403   403   403   404   403   403   403
review-notes submitted                     POST                  403   403   403   403   302   403   403   403
review-notes returned,public,restricted    POST                  403   403   403   403   409   403   403   403
review-notes *                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
review-list  *                             GET,HEAD              302   403   403   403   404   404   404   403
review-list  *                             POST                  403   403   403   403   404   404   404   403
review-list  *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
version-changes draft                         GET,HEAD              302   404   404   404   404   404   404   403
version-changes submitted,returned,restricted GET,HEAD              302   200   200   404   200   200   200   403
version-changes public                        GET,HEAD              302   200   200   200   200   200   200   403
version-changes *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
review       draft                         GET,HEAD              302   403   403   403   404   404   404   403
review       handed-in                     GET,HEAD              302   403   403   403   200   200   200   403
review       draft                         POST                  403   403   403   403   404   404   404   403
review       submitted                     POST                  403   403   403   403   302   403   403   403
review       returned,public,restricted    POST                  403   403   403   403   409   403   403   403
review       *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
reclassify   draft                         GET,HEAD              302   403   403   403   404   404   403   403
reclassify   submitted,public,restricted   GET,HEAD              302   403   403   403   200   200   403   403
reclassify   returned                      GET,HEAD              302   403   403   403   409   409   403   403
reclassify   draft                         POST                  403   403   403   403   404   404   403   403
reclassify   submitted,public,restricted   POST                  403   403   403   403   302   302   403   403
reclassify   returned                      POST                  403   403   403   403   409   409   403   403
reclassify   *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
calls        -                             GET,HEAD              302   403   403   403   200   200   200   403
calls        -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
call         public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
call         *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
explain      public                        GET,HEAD              200   200   200   200   200   200   200   200
explain      restricted                    GET,HEAD              404   404   404   404   404   404   404   404
explain      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
call-explain public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
call-explain *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
matrix       public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
matrix       *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
matrix-csv   public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
matrix-csv   *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
matrix-xlsx  public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
matrix-xlsx  *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
guidelines   public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
guidelines   *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
owing        public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
owing        *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
money        public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
money        *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
money-csv    public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
money-csv    *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
radar        public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
radar        *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
radar-csv    public,restricted             GET,HEAD              302   403   403   403   200   200   200   403
radar-csv    *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
liken        public,restricted             POST                  403   403   403   403   422   422   403   403
liken        *                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
call-new     -                             GET,HEAD              302   403   403   403   403   200   403   403
call-new     -                             POST                  403   403   403   403   403   200   403   403
call-new     -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
call-close   public,restricted             POST                  403   403   403   403   403   302   403   403
call-close   *                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
plead        *                             GET,HEAD              302   200   200   404   403   403   403   403
plead        restricted                    POST                  403   409   409   404   403   403   403   403
plead        draft,submitted,returned,public POST                  403   302   302   404   403   403   403   403
plead        *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
plea         -                             GET,HEAD              302   403   403   403   200   200   200   403
plea         -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
plea-grant   -                             POST                  403   403   403   403   403   302   403   403
plea-grant   -                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
plea-deny    -                             POST                  403   403   403   403   403   302   403   403
plea-deny    -                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
calendar     -                             GET,HEAD              302   200   200   200   200   200   200   403
calendar     -                             POST                  403   403   403   403   403   302   403   403
calendar     -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
extend       *                             GET,HEAD              302   403   403   403   403   200   403   403
extend       *                             POST                  403   403   403   403   403   302   403   403
extend       *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
waive        *                             GET,HEAD              302   403   403   403   403   200   403   403
waive        draft,submitted,returned      POST                  403   403   403   403   403   302   403   403
waive        public,restricted             POST                  403   403   403   403   403   422   403   403
waive        *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
transfer     *                             GET,HEAD              302   403   403   403   403   200   403   403
transfer     *                             POST                  403   403   403   403   403   422   403   403
transfer     *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
succession   *                             GET,HEAD              302   403   403   403   403   200   403   403
succession   *                             POST                  403   403   403   403   403   422   403   403
succession   *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
letter       *                             GET,HEAD              302   403   403   403   403   200   403   403
letter       draft,submitted               POST                  403   403   403   403   403   409   403   403
letter       returned,public,restricted    POST                  403   403   403   403   403   302   403   403
letter       *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
carry        public,restricted             GET,HEAD              302   403   403   403   403   200   403   403
carry        public,restricted             POST                  403   403   403   403   403   422   403   403
carry        *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
healthz      -                             GET,HEAD              200   200   200   200   200   200   200   200
healthz      -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
readyz       -                             GET,HEAD              200   200   200   200   200   200   200   200
readyz       -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
home,search,register,register_csv,verify,entries,method - GET,HEAD     200   200   200   200   200   200   200   200
why          public                        GET,HEAD              200   200   200   200   200   200   200   200
why          restricted                    GET,HEAD              404   404   404   404   404   404   404   404
entity       own                           GET,HEAD              200   200   200   200   200   200   200   200
edition      published                     GET,HEAD              200   200   200   200   200   200   200   200
edition      unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
debtors      published                     GET,HEAD              200   200   200   200   200   200   200   200
debtors      unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
branches_csv,debtors_csv published         GET,HEAD              200   200   200   200   200   200   200   200
branches_csv,debtors_csv unpublished       GET,HEAD              404   404   404   404   404   404   404   404
item         published                     GET,HEAD              200   200   200   200   200   200   200   200
item         unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
item_csv     published                     GET,HEAD              200   200   200   200   200   200   200   200
item_csv     unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
instrument   published                     GET,HEAD              302   302   302   302   302   302   302   302
instrument   unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
text         published                     GET,HEAD              200   200   200   200   200   200   200   200
text         unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
text_of      published                     GET,HEAD              302   302   302   302   302   302   302   302
text_of      unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
alignment    published                     GET,HEAD              200   200   200   200   200   200   200   200
alignment    unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
alignment_csv published                     GET,HEAD              404   404   404   404   404   404   404   404
alignment_csv unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
changes      published                     GET,HEAD              200   200   200   200   200   200   200   200
changes      unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
changes_csv  published                     GET,HEAD              404   404   404   404   404   404   404   404
changes_csv  unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
changes_json published                     GET,HEAD              404   404   404   404   404   404   404   404
changes_json unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
download     published                     GET,HEAD              200   200   200   200   200   200   200   200
download     unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
history      published                     GET,HEAD              200   200   200   200   200   200   200   200
history      unpublished                   GET,HEAD              404   404   404   404   404   404   404   404
home,search,register,register_csv,verify,entries,method - POST,PUT,OPTIONS 405   405   405   405   405   405   405   405
entity       *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
edition      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
debtors      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
branches_csv,debtors_csv *                 POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
item         *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
item_csv     *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
instrument   *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
text         *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
text_of      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
alignment    *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
alignment_csv *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
changes      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
changes_csv  *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
changes_json *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
download     *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
history      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
email        -                             GET,HEAD              302   200   200   200   200   200   200   403
email        -                             POST                  403   302   302   302   302   302   302   403
email        -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
handover     -                             GET,HEAD              302   200   200   200   403   403   403   403
handover     -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
invitation   -                             GET,HEAD,POST         404   404   404   404   404   404   404   404
invitation   -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
invite       -                             GET,HEAD              302   403   403   403   403   200   403   403
invite       -                             POST                  403   403   403   403   403   302   403   403
invite       -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
invite-sheet,access-find -                 GET,HEAD              302   403   403   403   403   200   403   403
invite-sheet,access-find -                 POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
access       own                           GET,HEAD              302   403   403   403   403   200   403   403
access       own                           POST                  403   403   403   403   403   302   403   403
access       own                           PUT,OPTIONS           405   405   405   405   405   405   405   405
silent,silent-csv *                        GET,HEAD              302   403   403   403   200   200   200   403
silent,silent-csv *                        POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
contact      *                             GET,HEAD              302   403   403   403   403   200   403   403
contact      *                             POST                  403   403   403   403   403   302   403   403
contact      *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
why          *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
"""
    + OF_EDITIONS
    + "".join(part.TABLE for part in FOLLOWED)
)

# What is sent: in order, so that only the right to send it decides.
SENT: dict[str, dict[str, str]] = {
    "sign-in": {"username": "nobody", "password": "x"},
    "password": {"old": PASSWORD, "new": "otra palabra larga", "again": "otra palabra larga"},
    "plan-year": {"year": "2026"},
    "plan-cells": {"edits": "[]"},
    "plan-discard": {"sure": "on"},
    "row-add": {"name": "x"},
    "row": {"name": "x"},
    "plan-submit": {"sure": "on"},
    "plan-justify": {"reason-guideline-unanswered:0": "x"},
    "plan-ready": {"x": ""},
    "plan-approve": {"resolution": "RA 1/2018", "resolution_on": "2018-05-01", "sure": "on"},  # and what was read
    "plan-give-back": {"note": "x"},
    "plan-file-add": {"kind": "plan"},
    "review": {"decision": "accept"},
    "review-notes": {"look-1": "fine", "remark-1": "x", "was-1": ""},
    "reclassify": {"item": "PLAN/1#line:2", "reason": "x"},
    "publish": {"act": "DS 1", "on": "2018-02-01", "sure": "on"},
    "edit-begin": {"instrument": "NUEVO", "title": "x", "kind": "x", "edition": "1", "edition_title": "x"},
    "edit-start": {"code": "2", "title": "x"},
    "edit-cover": {"title": "x", "kind": "x", "edition_title": "x"},
    "edit-add": {"role": "line", "code": "9", "text": "x"},
    "edit-number": {"tree": "1", "before": "x"},
    "edit-lines": {"line": "99", "done": "1"},
    "edit-aside": {"choice": "theirs"},
    "edit-item": {"role": "line", "code": "1", "text": "x"},
    "edit-move": {"tree": "1", "step": "down"},
    "consult-open": {"closes_on": "2999-01-01", "sure": "on"},
    "consult-close": {"sure": "on"},
    "consult-answer": {"verdict": "adopted", "text": "x"},
    "repeal": {"act": "DS 1", "reason": "x", "on": "2018-02-01", "sure": "on"},
    "speak": {"text": "x"},  # and the body of the planner, whom the world knows
    "say": {"text": "x", "item": "line:1"},
    "call-new": {"editions": "PLAN/1", "audience": "all", "opens_on": "2026-01-01", "due_on": "2026-02-01"}
    | {"period": "2026", "remedy_days": "15"},
    "call-close": {"sure": "on"},
    "liken": {"first": "1-9", "second": "2-9", "seen": "0", "verdict": "join", "note": "x"},
    "email": {"email": "x@a.example"},
    "invite": {"rows": "A-1;Sisa;sisa@a.example;planner;CITE 1;2018-02-01"},
    "access": {"role": "executive", "name": "Sisa", "email": "", "letter": "CITE 1", "letter_on": "2018-02-01"}
    | {"sure": "on"},
    "contact": {"how": "called", "contacted_on": "2018-02-01", "cite": "", "note": "x"},
    "extend": {"due_on": "2030-01-01", "reason": "x", "act": "y"},
    "waive": {"reason": "x", "act": "y"},
    "plead": {"what": "waiver", "until": "", "reason": "x"},
    "plea-grant": {"due_on": "2031-01-01", "reason": "x", "act": "y", "answer": "x"},
    "plea-deny": {"answer": "x"},
    "calendar": {"day": "2031-01-02", "works": "", "territory": "", "name": "x", "act": "y"},
    "partners": {"entity": "B-1", "part": "x"},
    "partner": {"confirmed": "yes"},
    "transfer": {"to": "1", "reason": "x", "act": "y"},
    "succession": {"successor": "nobody", "on": "2018-06-01", "act": "y"},
    **{url: sent for part in FOLLOWED for url, sent in part.SENT.items()},
}
