// Shows the print button where there is a script to press it with.
const tombol = document.getElementById('cetak');
tombol.hidden = false;
tombol.addEventListener('click', () => window.print());
