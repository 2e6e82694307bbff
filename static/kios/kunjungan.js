// One person in front of the tablet. What they say lives here, in memory, and nowhere else until
// they press send; whoever drops the object has destroyed it.

const ALFABET = '34679ACDEFHJKMNPRTVWXY';
const PANJANG_KODE = 12;
export const MAX_SARAN = 1200;

export class Kunjungan {
  id = crypto.randomUUID();
  posisi = 0;
  layanan = null;
  nilai = {};
  profil = {};
  saran = '';
  pengaduan = false;
  dibantu = false;
  #mulai = performance.now();

  constructor(isi, bahasa) {
    this.isi = isi;
    this.bahasa = bahasa;
    if (isi.layanan.length === 1) this.layanan = isi.layanan[0].kode;
    this.langkah = [
      ...(isi.layanan.length > 1 ? [{ jenis: 'layanan' }] : []),
      ...isi.butir.map((butir, nomor) => ({ jenis: 'butir', butir, nomor: nomor + 1 })),
      ...isi.profil.map((profil, nomor) => ({ jenis: 'profil', profil, nomor: nomor + 1 })),
      { jenis: 'saran' },
    ];
  }

  get sekarang() {
    return this.langkah[this.posisi];
  }

  // Whether anything was answered, so that leaving now is a form given up.
  get dimulai() {
    return Object.keys(this.nilai).length > 0
      || (this.isi.layanan.length > 1 && this.layanan !== null);
  }

  // What is sent, and kept until it has arrived. `selisih` is filled in before sending if the
  // clock was never compared until now.
  toKiriman(selisih) {
    const saran = this.saran.trim();
    const pengaduan = this.pengaduan && saran !== '';
    return {
      id: this.id,
      layanan: this.layanan,
      instrumen: this.isi.instrumen,
      nilai: this.nilai,
      profil: this.profil,
      saran: saran || null,
      pengaduan,
      kode_pengaduan: pengaduan ? makeKode() : null,
      dibantu: this.dibantu,
      diisi: new Date().toISOString(),
      lama: Math.round((performance.now() - this.#mulai) / 1000),
      selisih,
    };
  }
}

// A follow-up code, of letters that look like no other.
function makeKode() {
  const letters = [];
  while (letters.length < PANJANG_KODE) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    // Equally likely letters: the rest of the byte's range is thrown again.
    if (byte < 256 - (256 % ALFABET.length)) letters.push(ALFABET[byte % ALFABET.length]);
  }
  return letters.join('');
}

export function formatKode(kode) {
  return kode.match(/.{1,4}/g).join('-');
}
