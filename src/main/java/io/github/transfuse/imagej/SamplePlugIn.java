package io.github.transfuse.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.plugin.PlugIn;
import io.github.transfuse.SampleImage;
import io.github.transfuse.image.ImageFiles;
import io.github.transfuse.image.ImagePlusImages;
import io.github.transfuse.model.ModelCatalogue;
import java.io.IOException;
import java.nio.file.Path;

/** Opens an image to try a model on, from <i>File &gt; Open Samples &gt; TransFuse</i>. */
public final class SamplePlugIn implements PlugIn {

    /** Made by ImageJ. */
    public SamplePlugIn() {}

    /**
     * Opens a sample.
     *
     * @param name of {@link SampleImage}, in small letters
     */
    @Override
    public void run(String name) {
        try {
            SampleImage sample = SampleImage.of(name);
            IJ.showStatus("Opening the sample " + name + "...");
            Path file = sample.copyTo(ModelCatalogue.userFolder().resolveSibling("samples"));
            ImagePlus image = ImagePlusImages.toImagePlus(ImageFiles.read(file));
            image.setTitle(file.getFileName().toString());
            image.setProperty("Info", sample.credit());
            image.resetDisplayRange();
            image.show();
            IJ.showStatus(sample.credit());
        } catch (IOException | IllegalArgumentException e) {
            Failures.report(Failures.message(e));
        }
    }
}
