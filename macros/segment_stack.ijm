// Segments every slice of a stack and measures the foreground of each.
// From a shell:
//   ImageJ -macro segment_stack.ijm "input=[/data/stack.tif] output=[/data/results]"

options = getArgument();
if (options == "") {
    output = getDirectory("Folder for the results");
    options = "output=[" + output + "]";   // works on the active image
}
run("TransFuse Segment...", options);

// The label stack has the calibration, the slice labels and the dimensions of the image
for (slice = 1; slice <= nSlices; slice++) {
    setSlice(slice);
    getPixelSize(unit, width, height);
    getHistogram(0, counts, 256);
    background = counts[0];
    print("slice " + slice + ": " + (getWidth() * getHeight() - background) * width * height + " " + unit + "^2");
}
