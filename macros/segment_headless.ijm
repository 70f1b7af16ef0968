// Segments a file or a folder in plain ImageJ without a display, where run("TransFuse Segment...") cannot work
// (in Fiji it can):
//   java -Djava.awt.headless=true -cp "ij.jar:plugins/*:plugins/jars/*" ij.ImageJ \
//        -batch macros/segment_headless.ijm "input=[/data/images] output=[/data/results]"
// ImageJ's exit code is always 0: look at the printed paths, or at the files.

written = call("io.github.transfuse.imagej.MacroApi.segment", getArgument());
print(written);
