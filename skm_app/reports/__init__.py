"""Documents that leave the program: QR codes and the card that stands on a counter."""
