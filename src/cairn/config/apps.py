"""Makes the start-up checks known to Django, and puts the adapters in."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Label `config`: no tables, only checks and wiring."""

    name = "cairn.config"
    label = "config"

    def ready(self) -> None:
        from cairn.config import checks, wiring  # noqa: PLC0415 - these can be used only once apps are ready

        checks.register()
        wiring.wire()
