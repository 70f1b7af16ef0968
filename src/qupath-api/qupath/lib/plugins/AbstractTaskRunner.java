package qupath.lib.plugins;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public abstract class AbstractTaskRunner implements TaskRunner {
    protected abstract SimpleProgressMonitor makeProgressMonitor();

    @Override
    public boolean isCancelled() {
        throw new UnsupportedOperationException();
    }
}
