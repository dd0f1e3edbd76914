"""How the web server runs, in the demo and in an installation: `gunicorn --config python:cairn.config.gunicorn`.

CAIRN_BIND says where it listens (this machine alone, unless told otherwise), CAIRN_WORKERS how many processes.
"""

from __future__ import annotations

import os

wsgi_app = "cairn.config.wsgi"
bind = os.environ.get("CAIRN_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("CAIRN_WORKERS", "2"))
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 10
# A worker is replaced now and then, so that a leak of any library stays small.
max_requests = 10_000
max_requests_jitter = 1_000
# Addresses hold opaque ids, but who looked at what is for the access log alone.
accesslog = None
errorlog = "-"
loglevel = "warning"
# Nothing may steer the server but signals.
control_socket_disable = True
