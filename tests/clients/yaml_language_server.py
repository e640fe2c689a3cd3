"""Asks the real yaml-language-server what an editor shows in a plan file: completion, hover, diagnostics.

Run it as `python tests/clients/yaml_language_server.py [COMMAND]`; the server comes from npm (yaml-language-server).
Where it is not there, the script says so and ends with 0; where an answer is wrong, it ends with 1.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
HEAD = """\
# yaml-language-server: $schema=plan.schema.json
plan: example
title: {zh: 示例}
place: {id: taoyuan, zh: 桃源市}
base: 2020
target: 2025
sections:
  t: 指标表
"""
HERE = "‸"
"""Where the cursor stands in a question."""

Message = dict[str, Any]


class Server:
    """The server as a process, asked by JSON-RPC over its streams."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [*command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.number = 0
        self.diagnostics: dict[str, list[Message]] = {}
        settings = {
            "yaml": {"schemaStore": {"enable": False}, "validate": True, "completion": True, "hover": True}
        }
        self.settings = settings
        item = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        capabilities = {"textDocument": {"completion": item, "hover": {"contentFormat": ["markdown"]}}}
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": settings})

    def tell(self, method: str, params: Message) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Message) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == self.number and "method" not in message:
                return message.get("result")

    def diagnosed(self, uri: str) -> list[Message]:
        """What it finds in a file, as soon as it says so."""
        while uri not in self.diagnostics:
            self._next()
        return self.diagnostics[uri]

    def close(self) -> None:
        self.ask("shutdown", {})
        self.tell("exit", {})
        self.process.wait(timeout=20)

    def _next(self) -> Message:
        message = self._receive()
        if message.get("method") == "workspace/configuration":
            answer = [self.settings.get(each.get("section")) for each in message["params"]["items"]]
            self._send({"id": message["id"], "result": answer})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _receive(self) -> Message:
        stream = self.process.stdout
        assert stream is not None
        length = 0
        while (line := stream.readline().strip()) or not length:
            if not line and not length and self.process.poll() is not None:
                raise SystemExit("the server has ended")
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        answer: Message = json.loads(stream.read(length))
        return answer


class Editor:
    """Files opened one after another, and what is shown where the cursor stands."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.number = 0

    def open(self, content: str) -> tuple[str, Message]:
        at = content.replace(HERE, "", 1)
        before = content.partition(HERE)[0]
        self.number += 1
        file = self.server.folder / f"plan{self.number}.yaml"
        file.write_text(at, encoding="utf-8")
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": at}
        self.server.tell("textDocument/didOpen", {"textDocument": document})
        line = before.count("\n")
        return file.as_uri(), {"line": line, "character": len(before) - before.rfind("\n") - 1}

    def completed(self, content: str) -> list[Message]:
        uri, position = self.open(content)
        found = self.server.ask(
            "textDocument/completion", {"textDocument": {"uri": uri}, "position": position}
        )
        items: list[Message] = found["items"] if isinstance(found, dict) else found or []
        return items

    def hovered(self, content: str) -> str:
        uri, position = self.open(content)
        found = self.server.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": position})
        return str(found["contents"]["value"]) if found else ""

    def diagnosed(self, content: str) -> list[str]:
        uri, _ = self.open(content)
        return [each["message"] for each in self.server.diagnosed(uri)]


KEYS = {
    "an indicator of the catalogue": "premium",
    "its Chinese name": "保费收入",
    "an own indicator": "own_one",
}
OWN = "own:\n  own_one: {zh: 自有指标, unit: 家, kind: stock}\n"


def failures(editor: Editor) -> list[str]:
    """What an editor does not show and should."""
    wrong: list[str] = []

    def want(what: str, found: object, *expected: str) -> None:
        missing = [each for each in expected if each not in str(found)]
        print(f"{'ok   ' if not missing else 'WRONG'} {what}")
        if missing:
            wrong.append(f"{what}: {missing} not in {str(found)[:300]}")

    def figures(key: str, rows: str) -> str:
        return f"{HEAD}{OWN}figures:\n  {key}:\n{rows}"

    for what, key in KEYS.items():
        labels = [each["label"] for each in editor.completed(figures(key, f"  - in: t\n    {HERE}\n"))]
        want(f"completion of keys in a row of {what}", labels, "level", "growth", "binding", "printed")
        labels = [each["label"] for each in editor.completed(figures(key, f"  - {{in: t, gr{HERE}}}\n"))]
        want(f"completion in brackets in a row of {what}", labels, "growth", "total_growth")
        shown = editor.hovered(figures(key, f"  - {{in: t, gr{HERE}owth: {{2020->2025: 7%}}}}\n"))
        want(f"hover on a key in a row of {what}", shown, "年", "growth")
        row = "  - {in: t, levle: {2020: 1}}\n"
        want(f"an unknown key in a row of {what}", editor.diagnosed(figures(key, row)), "levle")
        row = "  - {in: t, growth: {2020: 7%}}\n"
        want(f"a time that is no step in a row of {what}", editor.diagnosed(figures(key, row)), "2020")
        row = "  - {in: t, level: {20225: 7}}\n"
        want(f"a year of five digits in a row of {what}", editor.diagnosed(figures(key, row)), "20225")
        sound = "  - {in: t, level: {2020: 7, 2025: 8.50}, growth: {2020->2025: 7%}, binding: true}\n"
        want(f"nothing in a sound row of {what}", editor.diagnosed(figures(key, sound)) == [], "True")
        labels = [each["label"] for each in editor.completed(figures(key, f"  - {HERE}\n"))]
        want(f"snippets of a row of {what}", labels, "基期和目标", "平均增速", "整个时期的总量")
    labels = [each["label"] for each in editor.completed(f"{HEAD}figures:\n  {HERE}\n")]
    want("completion of indicators", labels, "premium", "gdp")
    shown = editor.hovered(figures(f"pre{HERE}mium", "  - {in: t, level: {2020: 7}}\n"))
    want("hover on an indicator", shown, "保费收入", "亿元")
    labels = [each["label"] for each in editor.completed(f"{HEAD}own:\n  one:\n    {HERE}\n")]
    want("completion of an own indicator", labels, "zh", "unit", "kind", "better")
    want("snippet of an own indicator", labels, "本规划自有的指标")
    labels = [each["label"] for each in editor.completed(f"{HEAD}figures:\n  {HERE}\n")]
    want("snippet of an indicator with a row", labels, "指标及其一行")
    return wrong


def main(arguments: list[str]) -> int:
    command = arguments or [os.environ.get("YAML_LANGUAGE_SERVER", "yaml-language-server")]
    if shutil.which(command[0]) is None:
        print(f"skipped: {command[0]} is not installed (npm install yaml-language-server)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "data" / "plan.schema.json", folder)
        server = Server(command, Path(folder))
        try:
            wrong = failures(Editor(server))
        finally:
            server.close()
    for each in wrong:
        print(each)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
