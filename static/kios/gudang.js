// What the tablet keeps: its pairing, what it asks, and responses until the server has them.
// One database per titik, so that two surveys on one tablet stay apart.

const VERSI_SKEMA = 1;
const SIMPANAN = ['meta', 'antrean', 'karantina', 'terputus'];
const PUTUS = ['InvalidStateError', 'AbortError', 'UnknownError'];
const SABAR_MS = 10_000;
const GALAT_DISIMPAN = 10;

export class Gudang {
  #nama;
  #db = null;

  constructor(kode) {
    this.#nama = `skm-kios-${kode}`;
  }

  getMeta(kunci) {
    return this.#transact('readonly', (tx) => wait(tx.objectStore('meta').get(kunci)));
  }

  setMeta(kunci, nilai) {
    return this.#transact('readwrite', (tx) => wait(tx.objectStore('meta').put(nilai, kunci)));
  }

  // Somebody has begun: should the tablet stop now, this is counted when it starts again.
  noteBerjalan(terputus) {
    return this.setMeta('berjalan', terputus);
  }

  // Whatever was begun and not finished becomes a count of one; its answers were never here.
  async giveUpBerjalan() {
    return this.#transact('readwrite', async (tx) => {
      const meta = tx.objectStore('meta');
      const berjalan = await wait(meta.get('berjalan'));
      if (!berjalan) return;
      tx.objectStore('terputus').put(berjalan);
      meta.delete('berjalan');
    });
  }

  // Resolves only once the response is on disk.
  async saveIsian(kiriman) {
    try {
      await this.#transact('readwrite', async (tx) => {
        await wait(tx.objectStore('antrean').add({ id: kiriman.id, kiriman }));
        tx.objectStore('meta').delete('berjalan');
      });
    } catch (error) {
      // It was stored after all, by a try that gave up waiting.
      if (error.name !== 'ConstraintError') throw error;
    }
  }

  countAntrean() {
    return this.#transact('readonly', (tx) => wait(tx.objectStore('antrean').count()));
  }

  isWaiting(id) {
    return this.#transact('readonly', async (tx) => (
      await wait(tx.objectStore('antrean').index('id').getKey(id))
        ?? await wait(tx.objectStore('karantina').getKey(id))
    ) !== undefined);
  }

  // Oldest first, after a place in the queue.
  readAntrean(sesudah = 0, jumlah = undefined) {
    const range = IDBKeyRange.lowerBound(sesudah, true);
    return this.#transact('readonly', (tx) => wait(tx.objectStore('antrean').getAll(range, jumlah)));
  }

  listKarantina() {
    return this.#transact('readonly', (tx) => wait(tx.objectStore('karantina').getAll()));
  }

  listTerputus(jumlah = undefined) {
    return this.#transact('readonly',
      (tx) => wait(tx.objectStore('terputus').getAll(undefined, jumlah)));
  }

  // What became of a batch, in one step: stored ones leave, refused ones are set aside.
  settle({ tersimpan, ditolak, terputus }) {
    return this.#transact('readwrite', async (tx) => {
      const antrean = tx.objectStore('antrean');
      for (const { id, kiriman, urutan, status, pesan } of ditolak) {
        const pada = new Date().toISOString();
        await wait(tx.objectStore('karantina').put({ id, kiriman, status, pesan, pada }));
        antrean.delete(urutan);
      }
      for (const { urutan } of tersimpan) antrean.delete(urutan);
      for (const id of terputus) tx.objectStore('terputus').delete(id);
    });
  }

  async noteGalat(teks) {
    const galat = await this.getMeta('galat') ?? [];
    galat.unshift({ pada: new Date().toISOString(), teks });
    await this.setMeta('galat', galat.slice(0, GALAT_DISIMPAN));
  }

  clearKarantina(ids) {
    return this.#transact('readwrite', async (tx) => {
      for (const id of ids) tx.objectStore('karantina').delete(id);
    });
  }

  clearAll() {
    return this.#transact('readwrite', async (tx) => {
      for (const nama of SIMPANAN) tx.objectStore(nama).clear();
    });
  }

  // A connection that the browser has closed is opened once more.
  async #transact(mode, work) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await withPatience(this.#run(mode, work));
      } catch (error) {
        if (attempt > 1 || !PUTUS.includes(error.name)) throw error;
        this.#db = null;
      }
    }
  }

  async #run(mode, work) {
    const db = await this.#open();
    return new Promise((resolve, reject) => {
      const tx = db.transaction(SIMPANAN, mode, { durability: 'strict' });
      let result;
      let failure = null;
      tx.oncomplete = () => resolve(result);
      tx.onabort = () => reject(failure ?? tx.error ?? new DOMException('', 'AbortError'));
      work(tx).then(
        (value) => { result = value; },
        (error) => { failure = error; abort(tx); },
      );
    });
  }

  async #open() {
    if (this.#db) return this.#db;
    const request = indexedDB.open(this.#nama, VERSI_SKEMA);
    request.onupgradeneeded = () => makeSchema(request.result);
    const db = await wait(request);
    db.onclose = () => { this.#db = null; };
    // A newer page wants to change the schema: never stand in its way.
    db.onversionchange = () => { db.close(); this.#db = null; };
    this.#db = db;
    return db;
  }
}

function makeSchema(db) {
  db.createObjectStore('meta');
  db.createObjectStore('antrean', { keyPath: 'urutan', autoIncrement: true })
    .createIndex('id', 'id', { unique: true });
  db.createObjectStore('karantina', { keyPath: 'id' });
  db.createObjectStore('terputus', { keyPath: 'id' });
}

function wait(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function abort(tx) {
  try {
    tx.abort();
  } catch {
    // It has ended already, and says so itself.
  }
}

function withPatience(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('', 'TimeoutError')), SABAR_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
