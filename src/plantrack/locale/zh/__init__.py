"""English template -> Chinese, a module for each room. A test holds this and the source together."""

from importlib import import_module
from pkgutil import iter_modules

MESSAGES: dict[str, str] = {}
for _room in iter_modules(__path__):
    MESSAGES |= import_module(f"{__name__}.{_room.name}").MESSAGES
