// Segments one image, saves the labels and shows them beside the image.
// From a shell:
//   ImageJ -macro segment_image.ijm "input=[/data/image.png] output=[/data/results] overlay"

options = getArgument();
if (options == "") {
    input = File.openDialog("Image to segment");
    output = getDirectory("Folder for the results");
    options = "input=[" + input + "] output=[" + output + "]";
}
run("TransFuse Segment...", options);

// The labels are the active image now: 0 is background
getStatistics(area, mean, min, max);
print(getTitle() + ": highest label " + max);
