// Scores a model on images whose masks are known: how good is it, and on which images is it worst?
// Writes evaluation.csv, a row per image and class, and report.html, a page with pictures to show around.
// From a shell:
//   ImageJ -macro evaluate.ijm "model=[/data/my-model] images=[/data/test] masks=[/data/truth] output=[/data/report]"
// Without a display, in plain ImageJ: call("io.github.transfuse.imagej.MacroApi.evaluate", "model=... images=...");

options = getArgument();
if (options == "") {
    images = getDirectory("Folder with images");
    masks = getDirectory("Folder with masks");
    output = getDirectory("Folder for the report");
    options = "model=skin-lesion images=[" + images + "] masks=[" + masks + "] output=[" + output + "]";
}
run("TransFuse Evaluate...", options);
