"""Asking a page in a browser for something it has to wait for itself."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

ANSWER_MS = 30_000

# Playwright waits for a promise for ever; this one is given up. The signal's own clock is the
# browser's, whatever the test did to that of the page.
_ASK = """async (given) => {
  const asked = %s;
  const late = new Promise((_, reject) => {
    AbortSignal.timeout(%d).addEventListener('abort', () => reject(new Error('no answer')));
  });
  return Promise.race([typeof asked === 'function' ? asked(given) : asked, late]);
}"""


def ask(page: Page, words: str, given: object = None, patience_ms: int = ANSWER_MS) -> Any:  # noqa: ANN401 - whatever the page answers
    """Evaluate an expression or a function, and wait for its promise, but not for ever.

    :raise playwright.sync_api.Error: if there is no answer in time.
    """
    return page.evaluate(_ASK % (words.strip(), patience_ms), given)
