// From a slide to a table in one script: tissue, nuclei in it, cells, measurements.
// It runs for one image, or with "Run for project" for all of them.
import io.github.transfuse.qupath.TransFuseBuilder

// 1. Tissue. Annotations that are there already are taken instead: delete them to find the tissue anew.
if (getAnnotationObjects().isEmpty()) {
    createFullImageAnnotation(true)
}
selectAnnotations()

// 2. Nuclei, 3. cells (expanded by 5 microns, but not into each other), 4. measurements.
def transfuse = TransFuseBuilder.builder("nuclei-he") // "nuclei" for fluorescence
    // .channels("Hematoxylin")      // what the model sees: a stain, or in fluorescence a channel such as "DAPI"
    .tissueOnly(true)                // leaves out the glass around the tissue
    .pixelSize(0.5)                  // microns per pixel: nuclei are then 10 to 60 pixels wide
    .minArea(12)                     // square microns
    .cellExpansion(5)                // microns; 0 for nuclei alone
    .shapeFeatures(true)             // QuPath's own: area, circularity, diameters ...
    .intensityFeatures(true)         // QuPath's own: of each stain or channel, in nucleus, cytoplasm and cell
    .build()
try {
    println transfuse.segment()
} finally {
    transfuse.close()
}

// 5. The table, beside the project; nothing is written without one.
if (getProject() != null) {
    def folder = buildFilePath(PROJECT_BASE_DIR, "measurements")
    mkdirs(folder)
    saveDetectionMeasurements(buildFilePath(folder, getProjectEntry().getImageName() + ".tsv"))
}
