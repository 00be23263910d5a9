// Starts the program of the editors' page, in Chinese, with the settings that lie beside this file.

const PREFERENCES = "sveltia-cms.prefs";

/** Chinese unless the editor chose otherwise: browsers on school machines are often set to English. */
function preferChinese() {
  if (localStorage.getItem(PREFERENCES) === null) {
    localStorage.setItem(PREFERENCES, JSON.stringify({ locale: "zh-CN" }));
  }
}

async function start() {
  preferChinese();
  const [{ init }, answer] = await Promise.all([
    import("editor"),
    fetch("config.json", { cache: "no-cache" }),
  ]);
  if (!answer.ok) throw new Error(`config.json: ${answer.status}`);
  const config = await answer.json();
  document.getElementById("waiting").remove();
  init({ config });
}

start().catch((error) => {
  console.error(error);
  document.getElementById("state").textContent = "没有打开。请刷新这一页；还是不行，请把这句话告诉技术人员：" + error.message;
});
