// Pictures as PNG: the browser paints the file that the server draws, twice as large, on white, and gives it to be kept.

/** Waits until a picture is there. */
function loaded(address) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error(`${address} is no picture`));
    image.src = address;
  });
}

async function keep(link) {
  const image = await loaded(link.href);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
  const painter = canvas.getContext("2d");
  painter.fillStyle = "#ffffff";
  painter.fillRect(0, 0, canvas.width, canvas.height);
  painter.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const file = document.createElement("a");
  file.href = URL.createObjectURL(blob);
  file.download = link.dataset.png;
  file.click();
  URL.revokeObjectURL(file.href);
}

for (const link of document.querySelectorAll("[data-png]")) {
  link.parentElement.hidden = false;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    keep(link);
  });
}
