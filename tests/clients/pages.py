"""Opens pages of `report` in the real Chromium: axe, three widths, light and dark, search, sorting, A4.

Run it as `python tests/clients/pages.py [FOLDER OF MODULES]`; puppeteer-core and axe-core come from npm, Chromium from
the system. Where they are not there, the script says so and ends with 0; where a page fails, it ends with 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from plantrack.cli import run

SCRIPT = """
const [browser, ...files] = process.argv.slice(1);
const axe = require("fs").readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
(async () => {
  const chromium = await require("puppeteer-core").launch({ executablePath: browser, args: ["--no-sandbox"] });
  let failures = 0;
  const expect = (what, holds) => { if (!holds) { failures += 1; console.log(`wrong: ${what}`); } };
  for (const file of files) for (const width of [360, 768, 1280]) for (const value of ["light", "dark"]) {
    const page = await chromium.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.setBypassCSP(true); // axe is brought in from here
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
    await page.goto(`file://${file}`);
    await page.evaluate(axe);
    const told = await page.evaluate(() => axe.run(document));
    const found = told.violations.map((each) => each.id);
    const where = `${file} ${width} ${value}`;
    expect(`${where}: ${found}`, found.length === 0);
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    expect(`${where}: wider than the window`, fits);
    expect(`${where}: loads ${asked}`, asked.length === 1);
    expect(`${where}: no A4`, (await page.pdf({ format: "A4" })).length > 1000);
    await page.close();
  }
  const page = await chromium.newPage(); // with the policy of the page in force
  await page.goto(`file://${files[0]}`);
  await page.type("#search", "zhuhai");
  const shown = () => page.evaluate(() => document.querySelectorAll("tbody tr:not([hidden])").length);
  expect("search finds a plan by its id", (await shown()) > 0 && (await shown()) < 10);
  await page.evaluate(() => document.querySelectorAll("th button")[3].click());
  const rows = () => [...document.querySelector("tbody").rows].map((row) => Number(row.cells[3].textContent));
  const counts = await page.evaluate(rows);
  expect(`sorted: ${counts}`, counts.every((each, at) => at === 0 || counts[at - 1] <= each));
  await chromium.close();
  console.log(`${files.length} pages, ${failures} failures`);
  process.exit(failures ? 1 : 0);
})();
"""


def main() -> int:
    browser, node = shutil.which("chromium"), shutil.which("node")
    if browser is None or node is None:
        print("node or Chromium is not there: nothing was tried")
        return 0
    modules = {"NODE_PATH": os.path.abspath(sys.argv[1])} if len(sys.argv) > 1 else {}  # noqa: PTH100
    needed = [node, "-e", 'require.resolve("puppeteer-core"); require.resolve("axe-core")']
    if subprocess.run(needed, env=os.environ | modules, capture_output=True, check=False).returncode:
        print("puppeteer-core or axe-core is not there: nothing was tried")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if run(["report", "--all", "-o", folder, "--lang", "zh"]):
            return 1
        pages = sorted(
            map(str, Path(folder).glob("*.html")), key=lambda each: not each.endswith("index.html")
        )
        command = [node, "-e", SCRIPT, browser, *pages]
        return subprocess.run(command, env=os.environ | modules, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
