// Notices that nobody is there: warns, counts down, and says when the time is over.

const DIAM_MS = 45_000;
const PERINGATAN_MS = 20_000;
const TANDA = ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove'];

export class Diam {
  #terakhir = 0;
  #detak = null;
  #memperingatkan = false;

  constructor({ warn, count, extend, expire }) {
    this.warn = warn;
    this.count = count;
    this.extend = extend;
    this.expire = expire;
    for (const tanda of TANDA) addEventListener(tanda, (event) => this.#touch(event), true);
    document.addEventListener('visibilitychange', () => this.#check());
  }

  start() {
    this.stop();
    this.#terakhir = performance.now();
    this.#detak = setInterval(() => this.#check(), 500);
  }

  stop() {
    clearInterval(this.#detak);
    this.#detak = null;
    this.#memperingatkan = false;
  }

  #touch(event) {
    if (this.#detak === null) return;
    // A tablet that slept through the time: this tap is somebody else's.
    this.#check();
    if (this.#detak === null) return;
    this.#terakhir = performance.now();
    if (!this.#memperingatkan) return;
    this.#memperingatkan = false;
    // The tap that says "I am here" answers nothing.
    event.preventDefault();
    event.stopPropagation();
    this.extend();
  }

  #check() {
    if (this.#detak === null) return;
    const diam = performance.now() - this.#terakhir;
    if (diam >= DIAM_MS + PERINGATAN_MS) {
      this.stop();
      this.expire();
    } else if (diam >= DIAM_MS) {
      if (!this.#memperingatkan) {
        this.#memperingatkan = true;
        this.warn();
      }
      this.count(Math.ceil((DIAM_MS + PERINGATAN_MS - diam) / 1000));
    }
  }
}
