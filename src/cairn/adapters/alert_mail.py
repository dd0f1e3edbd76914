"""Word of alerts by e-mail, over SMTP: to the addresses that the authority names, and with nothing personal in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

SECONDS: Final = 10
PLAIN = "none"


@dataclass(frozen=True, slots=True)
class MailedAlerts:
    """A mail server, and to whom word of an alert goes. Without `plain` the connection is encrypted (STARTTLS)."""

    to: tuple[str, ...]
    sender: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    plain: bool = False

    def send(self, number: str, subject: str, text: str) -> None:
        """Send it to each; raises where the server doesn't take it.

        Sent again after its answer was lost it is the same message to a mail program, by its Message-ID.
        """
        server = EmailBackend(
            host=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=not self.plain,
            timeout=SECONDS,
        )
        own = {
            "Message-ID": f"<{number.lower()}@{self.sender.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        }
        message = EmailMessage(subject, text, self.sender, list(self.to), headers=own, connection=server)
        # Opened by us, so that it is closed whatever the server says.
        with server:
            message.send()


def mailed_alerts(environment: Mapping[str, str]) -> MailedAlerts | None:
    """From the environment: CAIRN_ALERTS_TO (addresses with commas), CAIRN_ALERTS_FROM, and CAIRN_SMTP_HOST, _PORT,
    _USER, _PASSWORD and _TLS ("none" for a server on the same machine). None where no address is named.
    """
    to = tuple(one for given in environment.get("CAIRN_ALERTS_TO", "").split(",") if (one := given.strip()))
    if not to:
        return None
    return MailedAlerts(
        to=to,
        sender=environment.get("CAIRN_ALERTS_FROM", "").strip() or to[0],
        host=environment.get("CAIRN_SMTP_HOST", "").strip() or "localhost",
        port=int(environment.get("CAIRN_SMTP_PORT", "").strip() or 25),
        user=environment.get("CAIRN_SMTP_USER", ""),
        password=environment.get("CAIRN_SMTP_PASSWORD", ""),
        plain=environment.get("CAIRN_SMTP_TLS", "").strip().lower() == PLAIN,
    )
