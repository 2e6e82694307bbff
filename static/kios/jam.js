// The tablet's clock against the server's. Differences are in seconds, server minus tablet.

export const BATAS_PERINGATAN = 120;

// The difference at the middle of a round trip, or null if the tablet's own clock was set while
// the request was under way.
export function measureSelisih({ dikirim, dijawab, lama, sekarang }) {
  const server = Date.parse(sekarang);
  if (Number.isNaN(server) || Math.abs(dijawab - dikirim - lama) > 1000) return null;
  return Math.round(server - (dikirim + lama / 2)) / 1000;
}

// { jumlah, satuan, lambat }, or null while the clock is right enough.
export function describeSelisih(detik) {
  if (detik == null || Math.abs(detik) <= BATAS_PERINGATAN) return null;
  const menit = Math.abs(detik) / 60;
  const lambat = detik > 0;
  if (menit < 90) return { jumlah: Math.round(menit), satuan: 'menit', lambat };
  if (menit < 60 * 48) return { jumlah: Math.round(menit / 60), satuan: 'jam', lambat };
  return { jumlah: Math.round(menit / 1440), satuan: 'hari', lambat };
}

// An instant as the office's clock shows it: today only the time, else the day too.
export function formatWaktu(iso, bahasa, zona) {
  const waktu = new Date(iso);
  if (Number.isNaN(waktu.getTime())) return '';
  const locale = bahasa === 'en' ? 'en-GB' : 'id-ID';
  const day = (date) => date.toLocaleDateString(locale, { timeZone: zona });
  const time = { hour: '2-digit', minute: '2-digit', timeZone: zona };
  if (day(waktu) === day(new Date())) return waktu.toLocaleTimeString(locale, time);
  return waktu.toLocaleString(locale, { day: 'numeric', month: 'short', ...time });
}
