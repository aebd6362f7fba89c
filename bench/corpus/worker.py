"""What a process that draws documents holds from its start to its end: a browser, and the overlays that it drew."""
import multiprocessing.util

import cv2

from browser import Browser
from overlays import draw_overlays


def worker_state():
    """{"browser", "overlays", "seals"}; the browser ends with the process. `seals` are PNG bytes."""
    cv2.setNumThreads(1)
    browser = Browser().__enter__()
    multiprocessing.util.Finalize(None, browser.__exit__, args=(None, None, None), exitpriority=10)
    overlays = draw_overlays(browser)
    return {"browser": browser, "overlays": overlays, "seals": [cv2.imencode(".png", s)[1].tobytes() for s in overlays["seals"]]}
