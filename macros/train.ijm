// Trains a model on a folder of images and a folder of masks with equal file names.
// Esc stops, and keeps the best weights so far.
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

// From now on the folder is a model like any other: run("TransFuse Segment...", "model=[/data/my-model]");
print("Trained. The figures of every epoch are in history.csv in the model folder.");
