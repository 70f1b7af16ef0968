package qupath.lib.images;

import qupath.lib.color.ColorDeconvolutionStains;
import qupath.lib.images.servers.ImageServer;
import qupath.lib.objects.hierarchy.PathObjectHierarchy;
import qupath.lib.plugins.workflow.Workflow;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class ImageData<T> {
    public ImageServer<T> getServer() {
        throw new UnsupportedOperationException();
    }

    public PathObjectHierarchy getHierarchy() {
        throw new UnsupportedOperationException();
    }

    public Workflow getHistoryWorkflow() {
        throw new UnsupportedOperationException();
    }

    public ColorDeconvolutionStains getColorDeconvolutionStains() {
        throw new UnsupportedOperationException();
    }

    public boolean isBrightfield() {
        throw new UnsupportedOperationException();
    }

    public boolean isFluorescence() {
        throw new UnsupportedOperationException();
    }

    public Object getProperty(String key) {
        throw new UnsupportedOperationException();
    }
}
