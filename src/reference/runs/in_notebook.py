#!/usr/bin/env python3
"""Shows a run in a notebook, by the two lines of docs/models.md, on a running server.

    HEADLIGHT_EMBED_FRAMES=http://localhost:8888 ./mvnw     # or the jar
    ~/runs/bin/python in_notebook.py http://localhost:8080 hl_…

The lines are taken from the document and run in a real kernel, with a file that numpy made. What came back is compared
with the file, and the address of the frame is asked for as a browser would. With chromium on the machine the notebook is
also opened as a page of http://localhost:8888, and what it looks like is written to notebook.png. Never needed to build.
"""
import functools
import html
import http.server
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import nbclient
import nbformat
import requests
from safetensors.numpy import load_file

HERE = pathlib.Path(__file__).resolve().parent
MADE = HERE.parents[1] / "test" / "resources" / "recorded" / "decoder.safetensors"
PORT = 8888


def lines():
    """The block of the document that stands for a cell."""
    text = (HERE.parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    return re.search(r"```python notebook\n(.*?)```", text, re.DOTALL).group(1)


def executed(server, token):
    given = f"server, token, file = {server!r}, {token!r}, open({str(MADE)!r}, 'rb').read()"
    cells = ["import json, requests\nfrom IPython.display import IFrame\n" + given, lines(), "print(json.dumps(run))"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, kernel_name="python3").execute()
    return notebook


def outputs(cell):
    return "".join(out.get("text", "") or out.get("data", {}).get("text/html", "") for out in cell.outputs)


def main(server, token):
    notebook = executed(server, token)
    frame = html.unescape(re.search(r'src="([^"]+)"', outputs(notebook.cells[1])).group(1))
    run = json.loads(outputs(notebook.cells[2]))
    page = requests.get(frame, timeout=60)
    policy = page.headers.get("Content-Security-Policy", "")
    print(f"frame {frame}: {page.status_code}, may be shown by {re.search('frame-ancestors[^;]*', policy).group(0)}")

    headers = {"authorization": f"Bearer {token}"}
    at = f"{server}/api/v1/runs/{run['id']}"
    back = requests.get(at + "/file", headers=headers, timeout=60).content
    print("the file that comes out is", "equal" if back == MADE.read_bytes() else "DIFFERENT")
    known = json.loads(MADE.with_name("expected.json").read_text())["decoder"]["detectors"]
    scores = requests.get(at, headers=headers, timeout=60).json()["scores"]
    off = max(abs(scores[head][kind] - value) for head in known for kind, value in known[head].items())
    print(f"detectors of {len(known)} heads off by {off:.1e}, of {len(load_file(MADE))} tensors")
    look(outputs(notebook.cells[1]))
    requests.delete(at, headers=headers, timeout=60).raise_for_status()
    return 0 if back == MADE.read_bytes() and off < 1e-6 and page.ok else 1


def look(output):
    """What the output of the cell looks like on a page of the notebook's address."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        return
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "index.html").write_text(f"<h3>In [2]:</h3><pre>{lines()}</pre>{output}", encoding="utf-8")
        quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *any: None})
        with http.server.ThreadingHTTPServer(("localhost", PORT), functools.partial(quiet, directory=folder)) as site:
            threading.Thread(target=site.serve_forever, daemon=True).start()
            subprocess.run([chromium, "--headless=new", "--no-sandbox", "--window-size=1200,900",
                            "--virtual-time-budget=20000", "--screenshot=notebook.png", f"http://localhost:{PORT}/"],
                           check=True, capture_output=True, timeout=120)
            site.shutdown()
    print("what it looks like is in notebook.png")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
