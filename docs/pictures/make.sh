#!/usr/bin/env bash
# Makes the pictures of README.md and the docs anew, each by the command that it shows.
# Needs: pip install -e ".[xlsx,charts,draft]", a font with Chinese (apt install fonts-noto-cjk);
# for workbook.png and review.png also LibreOffice and poppler (apt install libreoffice poppler-utils).
set -euo pipefail
cd "$(dirname "$0")/../.."
here=docs/pictures
export PLANTRACK_LANG=zh

plantrack path zhaoqing -i 保费收入 --actuals docs/examples/actuals.csv -o $here/premium.svg
plantrack path zhaoqing -i 上市挂牌企业 --actuals docs/examples/actuals.csv -o $here/listed.svg
plantrack path zhuhai -o $here/zhuhai.svg
python $here/terminal.py 100 $here/check.svg plantrack check zhaoqing
for language in zh en; do
  (cd docs/examples/premium && PLANTRACK_LANG=$language python ../../pictures/terminal.py 80 \
    ../../pictures/finding.$language.svg cat premium.txt ++ plantrack check premium.yaml --documents .)
done
python $here/terminal.py 80 $here/validate.svg plantrack validate tests/cases/plans/invalid/pt107-several-problems.yaml
python $here/terminal.py 80 $here/chart.svg plantrack path zhaoqing -i 保费收入 --actuals docs/examples/actuals.csv --chart

if command -v soffice > /dev/null && command -v pdftoppm > /dev/null; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  plantrack export zhaoqing --actuals docs/examples/actuals.csv -o "$work/book.xlsx"
  soffice --headless --convert-to pdf --outdir "$work" "$work/book.xlsx" > /dev/null
  pdftoppm -png -r 150 -f 2 -l 2 -singlefile "$work/book.pdf" "$work/page"
  python - "$work/page.png" $here/workbook.png << 'PYTHON'
import sys
from PIL import Image, ImageChops

page = Image.open(sys.argv[1]).convert("RGB")
inked = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
page.crop(inked).quantize(64).save(sys.argv[2], optimize=True)
PYTHON
  python $here/comments.py $here/review.png
fi
