// Segments every image of a folder without showing any of them.
// From a shell:
//   ImageJ -macro segment_folder.ijm "input=[/data/images] output=[/data/results] model=[skin-lesion]"

options = getArgument();
if (options == "") {
    options = "input=[" + getDirectory("Folder with images") + "] output=[" + getDirectory("Folder for the results") + "]";
}
input = value(options, "input");
if (!endsWith(input, "/") && !endsWith(input, File.separator)) input = input + File.separator;
// The rest is for the command, which works on the active image
settings = replace(options, "input=\\[[^\\]]*\\]", "");

setBatchMode(true);
files = getFileList(input);
for (i = 0; i < files.length; i++) {
    if (matches(toLowerCase(files[i]), ".*\\.(tiff?|png|jpe?g|bmp|gif)")) {
        before = nImages;
        open(input + files[i]);
        run("TransFuse Segment...", settings);
        print("folder: " + getTitle());
        closeNewest(nImages - before);
    } else {
        print("left out, no image: " + files[i]);
    }
}
setBatchMode(false);

// Closes what was opened here, and nothing of the user's: new images have the lowest IDs
function closeNewest(count) {
    ids = newArray(nImages);
    for (n = 0; n < ids.length; n++) {
        selectImage(n + 1);
        ids[n] = getImageID();
    }
    Array.sort(ids);
    for (n = 0; n < count; n++) {
        selectImage(ids[n]);
        close();
    }
}

// The value of key=[value]
function value(text, key) {
    start = indexOf(text, key + "=[");
    if (start < 0) exit("The argument lacks " + key + "=[...]");
    start = start + lengthOf(key) + 2;
    return substring(text, start, indexOf(text, "]", start));
}
