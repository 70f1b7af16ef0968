// Trains a model on a folder of images and a folder of masks with equal file names, then uses it.
// From a shell:
//   ImageJ -macro train.ijm "images=[/data/images] masks=[/data/masks] output=[/data/my-model] epochs=50"
// Without a display, in plain ImageJ: call("io.github.transfuse.imagej.MacroApi.train", "images=... masks=...");

options = getArgument();
if (options == "") {
    images = getDirectory("Folder with images");
    masks = getDirectory("Folder with masks");
    output = getDirectory("Folder for the new model");
    options = "images=[" + images + "] masks=[" + masks + "] output=[" + output + "] epochs=50";
}
run("TransFuse Train...", options);
print("Trained. Segment with it: run(\"TransFuse Segment...\", \"model=[" + "...path of the model..." + "]\");");
