// Draws the charts of the performance page.
Grafik.draw(JSON.parse(document.getElementById('data-grafik').textContent));
