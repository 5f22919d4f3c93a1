"""Many users at the sliders at once: python3 tests/faults/many_users.py PROGRAM FOLDER SCENARIO [USERS]

Each of 200 users moves a slider of the scenario to a place where nobody else has it, all of them at the same
moment, and asks again when told to come again, as the page does. All are answered within 60 s with the
figures of their own state, the program stays below 1 GB, and answers the next request.
"""

import http.client
import re
import subprocess
import sys
import threading
import time

WITHIN = 60.0
MOST_MEGABYTES = 1000


def ask(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class User(threading.Thread):
    """Moves a slider once."""

    def __init__(self, port: int, path: str, start: threading.Barrier) -> None:
        super().__init__()
        self.port, self.path, self.start_line = port, path, start
        self.seconds, self.again, self.body, self.said = 0.0, 0, b"", ""

    def run(self) -> None:
        self.start_line.wait()
        began = time.monotonic()
        while time.monotonic() - began < 2 * WITHIN:
            try:
                status, self.body = ask(self.port, self.path)
            except OSError as error:
                self.said = repr(error)
                return
            if status == 200:
                break
            if status != 503:
                self.said = f"status {status}"
                return
            self.again += 1
            time.sleep(0.5)
        else:
            self.said = "never answered"
        self.seconds = time.monotonic() - began


def peak(process: subprocess.Popen) -> float:
    """The most memory that a process has held, MB."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmHWM:\s+(\d+)", status.read())[1]) / 1024


def main() -> int:
    program, folder, scenario = sys.argv[1:4]
    users = int(sys.argv[4]) if len(sys.argv) > 4 else 200
    process = subprocess.Popen([program, "serve", folder, "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        state = f"/part?of={scenario}&draws=64"
        # The first look fills tables that stay; a user of the page has had it.
        assert ask(port, state)[0] == 200
        start = threading.Barrier(users)
        asked = [f"{state}&pot.maintenance={50 + user / 4}" for user in range(users)]
        everyone = [User(port, path, start) for path in asked]
        for user in everyone:
            user.start()
        for user in everyone:
            user.join()
        failed = [user.said for user in everyone if user.said]
        seconds = sorted(user.seconds for user in everyone)
        memory = peak(process)
        # Nothing lost: asked again alone, some states give what they gave in the crowd.
        for user in everyone[:: max(1, users // 7)]:
            if ask(port, user.path) != (200, user.body):
                failed.append(f"{user.path}: another answer when asked alone")
        print(f"{users} users: half within {seconds[users // 2]:.1f} s, all within {seconds[-1]:.1f} s; told to "
              f"come again {sum(user.again for user in everyone)} times; {memory:.0f} MB; {len(failed)} lost")
        for said in failed[:5]:
            print(said)
        return int(bool(failed) or seconds[-1] > WITHIN or memory > MOST_MEGABYTES)
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
