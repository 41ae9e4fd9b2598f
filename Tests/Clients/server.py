"""A keywright process under test: started, watched and stopped by the tests."""

import base64
import json
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("KEYWRIGHT_BINARY", REPOSITORY / ".build/debug/keywright"))

CRASH = re.compile(
    r"fatal error|crash|illegal instruction|segmentation fault|precondition failed|assertion failed"
    r"|stack dump|backtrace|AddressSanitizer|ThreadSanitizer",
    re.IGNORECASE,
)


def free_port():
    """A port nobody listens on. Another process might take it before the server does; starting tells."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(extra=None):
    """The environment without anything that would steer AWS clients or keywright."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "KEYWRIGHT_"))}
    kept["AWS_EC2_METADATA_DISABLED"] = "true"
    kept["AWS_CONFIG_FILE"] = kept["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    kept.update(extra or {})
    return kept


def run_keywright(*arguments, environment=None, timeout=60, input=None):
    """Runs a keywright command to its end and returns what it said."""
    return subprocess.run(
        [BINARY, *map(str, arguments)],
        env=clean_environment(environment),
        capture_output=True,
        text=True,
        timeout=timeout,
        input=input,
    )


class SecretLedger:
    """Every secret that a server handed out, so that none is later found in its log or its files."""

    WINDOW = 16

    def __init__(self):
        self._starts = {}

    def record(self, secret, what):
        """Remembers secret bytes. Very short ones would be found by accident, and are left out."""
        forms = {base64.b64encode(secret), secret.hex().encode(), secret.hex().upper().encode(), secret}
        for form in forms:
            if len(form) >= self.WINDOW:
                self._starts[form[: self.WINDOW]] = what

    def record_text(self, secret, what):
        """Remembers a secret that is text already, such as a secret access key."""
        self.record(secret.encode(), what)

    def __len__(self):
        return len(self._starts)

    def found_in(self, data):
        """What of it stands in data, at any offset and in any of its forms."""
        starts, window = self._starts, self.WINDOW
        if not starts:
            return []
        return sorted(
            {starts[data[i : i + window]] for i in range(len(data) - window + 1) if data[i : i + window] in starts}
        )


class Server:
    """One keywright service. Use it as a context manager: leaving it stops the service and examines its log."""

    def __init__(
        self, log, *arguments, dev=True, port=None, data_dir=None, environment=None, tls_ca=None, pass_port=True
    ):
        self.port = port or free_port()
        self.log = pathlib.Path(log)
        self.data_dir = pathlib.Path(data_dir) if data_dir else None
        self.tls_ca = tls_ca
        self.secrets = SecretLedger()
        self.arguments = ["serve"]
        if dev:
            self.arguments.append("--dev")
        if pass_port:
            self.arguments += ["--port", str(self.port)]
        if data_dir:
            self.arguments += ["--data-dir", str(data_dir)]
        self.arguments += map(str, arguments)
        self.environment = environment
        self.process = None

    @property
    def url(self):
        return f"{'https' if self.tls_ca else 'http'}://127.0.0.1:{self.port}"

    def spawn(self):
        """Starts the process without waiting for it to serve."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [BINARY, *self.arguments],
                env=clean_environment(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self

    def start(self, timeout=60):
        """Starts the process and waits until it serves."""
        self.spawn()
        self.wait_until_ready(timeout)
        return self

    def wait_until_ready(self, timeout=60):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"keywright exited with {self.process.returncode}:\n{self.log_text()[-4000:]}")
            if self.is_healthy():
                return
            time.sleep(0.01)
        raise AssertionError(f"keywright did not become ready:\n{self.log_text()[-4000:]}")

    def is_healthy(self, path="/health"):
        context = ssl.create_default_context(cafile=str(self.tls_ca)) if self.tls_ca else None
        try:
            with urllib.request.urlopen(self.url + path, timeout=5, context=context) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def is_alive(self):
        """Whether the process is the one that was started, and still serves."""
        return self.process.poll() is None and self.is_healthy()

    def stop(self, signal_number=signal.SIGTERM, timeout=60):
        """Asks the service to stop, and returns its exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal_number)
        return self.process.wait(timeout)

    def kill(self):
        """Ends the process at once, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def log_text(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def examine_log(self):
        """Fails if the log tells of a crash or holds a secret that the service handed out."""
        text = self.log_text()
        crash = CRASH.search(text)
        assert not crash, f"the log tells of a crash:\n{text[max(0, crash.start() - 500):crash.end() + 2000]}"
        found = self.secrets.found_in(self.log.read_bytes()) if self.log.exists() else []
        assert not found, f"the log holds secrets: {found}"

    def administrator(self):
        """The credentials that the first start of a service without --dev wrote down."""
        return json.loads((self.data_dir / "administrator.json").read_text())

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, value, traceback):
        if self.process.poll() is None:
            code = self.stop()
            if kind is None:
                assert code == 0, f"keywright exited with {code} when asked to stop:\n{self.log_text()[-4000:]}"
        elif kind is None and self.process.returncode not in (0, -signal.SIGKILL):
            raise AssertionError(f"keywright had exited with {self.process.returncode}:\n{self.log_text()[-4000:]}")
        if kind is None:
            self.examine_log()
