"""A headless Chromium for tests of pages; they are skipped, with the reason, where there is none."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",  # which it refuses to do without when it is root, as in continuous integration
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)


@contextmanager
def opened() -> Iterator[Chrome]:
    """A browser with a profile of its own; its console is read with `console`."""
    program, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not program or not driver:
        pytest.skip("no Chromium here; on Debian: apt-get install chromium chromium-driver")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = Options()
        options.binary_location = program
        for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        browser = Chrome(options=options, service=Service(driver, log_output=subprocess.DEVNULL))
        try:
            yield browser
        finally:
            browser.quit()


def show(browser: Chrome, page: Path, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
    """Open a page in a window of that size, after everything the console said before is forgotten."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    console(browser)
    browser.get(page.as_uri())


def processor_seconds(browser: Chrome) -> float:
    """What the page has cost the browser's main thread since it was opened, whatever else the machine has to do."""
    browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "ThreadTime"))


def console(browser: Chrome) -> list[str]:
    """What the console has said since it was last asked: errors, warnings, refusals of the page's policy."""
    return [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]


def ask(browser: Chrome, script: str, *arguments: Any) -> Any:
    """What a script in the page returns."""
    return browser.execute_script(script, *arguments)  # type: ignore[no-untyped-call]
