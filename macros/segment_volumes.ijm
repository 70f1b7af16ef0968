// Segments every NIfTI volume of a folder and prints the volume of what was found in each.
// Labels are written as NIfTI, where their volume lies; with a table of voxels, volumes and surfaces beside them.
// From a shell:
//   ImageJ -macro segment_volumes.ijm "input=[/data/volumes] output=[/data/results] model=hippocampus"
// Without a display, in plain ImageJ (in Fiji --headless works as usual):
//   java -Djava.awt.headless=true -cp "ij.jar:plugins/*:plugins/jars/*" ij.ImageJ \
//        -batch macros/segment_volumes.ijm "input=[/data/volumes] output=[/data/results] model=hippocampus"

options = getArgument();
if (options == "") {
    options = "input=[" + getDirectory("Folder with volumes") + "]";
    options = options + " output=[" + getDirectory("Folder for the results") + "] model=hippocampus";
}
// Only the NIfTI files of the folder
input = value(options, "input");
options = replace(options, "input=\\[[^\\]]*\\]", "input=[" + input + "/*.{nii,nii.gz}]");

written = call("io.github.transfuse.imagej.MacroApi.segment", options + " table");
labels = split(written, "\n");
for (i = 0; i < labels.length; i++) {
    print("labels: " + labels[i]);
    table = replace(labels[i], "-labels\\.nii\\.gz$", "-objects.csv");
    rows = split(File.openAsString(table), "\n");
    names = split(rows[0], ",");
    for (j = 1; j < rows.length; j++) {
        cells = split(rows[j], ",");
        print("  " + replace(cells[2], "\"", "") + ": " + cells[4] + " " + replace(names[4], "volume_", ""));
    }
}

// The value of key=[value]
function value(text, key) {
    start = indexOf(text, key + "=[");
    if (start < 0) exit("The argument lacks " + key + "=[...]");
    start = start + lengthOf(key) + 2;
    return substring(text, start, indexOf(text, "]", start));
}
