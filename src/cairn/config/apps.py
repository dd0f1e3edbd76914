"""Makes the start-up checks known to Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Label `config`: no tables, only checks."""

    name = "cairn.config"
    label = "config"

    def ready(self) -> None:
        from cairn.config import checks  # noqa: PLC0415 - checks can be registered only once apps are ready

        checks.register()
