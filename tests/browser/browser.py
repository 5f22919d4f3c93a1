"""Headless Chromium for tests, by the DevTools protocol and the standard library alone.

    with Browser() as browser:
        page = browser.open("file:///…/report.html")
        page.evaluate("document.title")
        page.click("th button")
        assert page.complaints == [] and page.requests == []
"""

import base64
import json
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60.0
KEYS = {"Tab": 9, "Enter": 13, " ": 32, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
TEXTS = {"Enter": "\r", " ": " "}


def program():
    """Path of the browser; nothing where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Socket:
    """The client's side of a web socket (RFC 6455), texts only."""

    def __init__(self, address):
        parts = urllib.parse.urlsplit(address)
        self.raw = socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)
        key = base64.b64encode(os.urandom(16)).decode()
        self.raw.sendall(
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.raw.recv(65536)
        self.buffer = self.buffer.split(b"\r\n\r\n", 1)[1]

    def send(self, text):
        data = text.encode()
        mask = os.urandom(4)
        size = len(data)
        head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else (
            struct.pack("!BBH", 0x81, 0xFE, size) if size < 65536 else struct.pack("!BBQ", 0x81, 0xFF, size)
        )
        self.raw.sendall(head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(data)))

    def take(self, count):
        while len(self.buffer) < count:
            part = self.raw.recv(1 << 20)
            if not part:
                raise ConnectionError("the browser has closed the connection")
            self.buffer += part
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def receive(self):
        text = b""
        while True:
            first, size = self.take(2)
            size &= 0x7F
            if size == 126:
                (size,) = struct.unpack("!H", self.take(2))
            elif size == 127:
                (size,) = struct.unpack("!Q", self.take(8))
            data = self.take(size)
            if first & 0x0F in (0, 1):
                text += data
                if first & 0x80:
                    return text.decode()


class Page:
    """A page that is open; it keeps what the console complains of, and what leaves the machine."""

    def __init__(self, address):
        self.socket = Socket(address)
        self.number = 0
        self.loaded = False
        self.complaints = []
        self.requests = []
        for domain in ("Runtime", "Log", "Network", "Page"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = self.hear()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def hear(self):
        message = json.loads(self.socket.receive())
        given = message.get("params", {})
        match message.get("method"):
            case "Page.loadEventFired":
                self.loaded = True
            case "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(given["exceptionDetails"])[:500])
            case "Runtime.consoleAPICalled" if given["type"] in ("error", "warning", "assert"):
                self.complaints.append(json.dumps(given["args"])[:500])
            case "Log.entryAdded" if given["entry"]["level"] in ("error", "warning"):
                self.complaints.append(given["entry"]["text"])
            case "Network.requestWillBeSent":
                self.requests.append(given["request"]["url"])
        return message

    def go(self, address):
        self.loaded = False
        self.ask("Page.navigate", url=address)
        while not self.loaded:
            self.hear()

    def evaluate(self, script):
        """The value of an expression; of a promise what it comes to."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(json.dumps(found["exceptionDetails"])[:500])
        return found["result"].get("value")

    def click(self, selector):
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def press(self, key, times=1, shift=False):
        """Presses a key, as often as said, where the focus is: `Tab`, `Enter`, `ArrowRight`, …"""
        code = KEYS[key]
        given = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        text = {"text": TEXTS[key]} if key in TEXTS else {}
        for _ in range(times):
            self.ask("Input.dispatchKeyEvent", type="keyDown", **given, **text)
            self.ask("Input.dispatchKeyEvent", type="keyUp", **given)

    def until(self, what, script, patience=PATIENCE):
        """Waits until an expression is true, and gives its value; on a page that is just being left it is not."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                if found := self.evaluate(script):
                    return found
            except RuntimeError:
                pass
            time.sleep(0.02)
        raise AssertionError(f"{what}: still not after {patience:.0f} s")

    def prefer(self, feature, value):
        """What the reader has asked the browser for, as style sheets ask: `prefers-reduced-motion`, `reduce`."""
        self.ask("Emulation.setEmulatedMedia", features=[{"name": feature, "value": value}])

    def size(self, width, height=900):
        """Makes the window so wide and high, in pixels of the style sheet."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, path):
        """Writes the page from its top to a file, as PNG."""
        self.ask("Page.bringToFront")
        box = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": box["width"], "height": min(box["height"], 8000), "scale": 1}
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def texts(self, selector):
        return self.evaluate(
            f"[...document.querySelectorAll({json.dumps(selector)})].map((found) => found.textContent.trim())"
        )

    def strangers(self, own):
        """Requests for anything but addresses that begin with one of these."""
        return [address for address in self.requests if not address.startswith((*own, "data:", "blob:"))]


class Browser:
    """A browser of its own, with nothing in it, that ends with the test."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            [program(), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
             f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        found = os.path.join(self.folder, "DevToolsActivePort")
        until = time.monotonic() + PATIENCE
        while not (os.path.exists(found) and open(found).read().count("\n")):
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError("the browser does not start")
            time.sleep(0.1)
        self.port = int(open(found).readline())
        return self

    def open(self, address):
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/json/new?about:blank", method="PUT")
        page = Page(json.load(urllib.request.urlopen(asked))["webSocketDebuggerUrl"])
        page.go(address)
        return page

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)
