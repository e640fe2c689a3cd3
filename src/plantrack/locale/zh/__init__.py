"""English template -> Chinese, a module for each room. A test holds this and the source together."""

from plantrack.locale.zh import audit, commands, files, formats, tables

MESSAGES: dict[str, str] = {}
for _room in (commands, files, audit, tables, formats):
    MESSAGES |= _room.MESSAGES
