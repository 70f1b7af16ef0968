package io.github.transfuse.torch;

import io.github.transfuse.engine.EngineUnavailableException;
import io.github.transfuse.files.UnpackedFile;
import io.github.transfuse.files.UnpackedFiles;
import io.github.transfuse.files.UnpackingException;
import io.github.transfuse.model.ModelCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/**
 * The folder into which JavaCPP unpacks libraries. JavaCPP writes them in place, and has loaded some before it looks at the
 * size of those that they need: after a start that was killed, the process would crash at every later one. So they are
 * checked and unpacked here, to where JavaCPP looks for them, before it loads the first.
 */
public final class NativeCache implements Runnable {
    private static final System.Logger LOGGER = System.getLogger("io.github.transfuse");
    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

    /** JavaCPP's own lock, within its folder. */
    private static final String LOCK = ".lock";

    /** Initialises the first class of JavaCPP, which loads a library; {@code IsolatedStart} finds this by name. */
    @Override
    public void run() {
        use(() -> {
            try {
                Class.forName(Pointer.class.getName(), true, Pointer.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("A class that is here is not found", e);
            }
        });
    }

    /**
     * Sees to it that all libraries are whole, then loads them.
     *
     * @throws EngineUnavailableException if the folder cannot be written, or has too little room
     */
    static void use(Runnable load) {
        try {
            Path cache = folder();
            List<UnpackedFile> files = NativeFiles.of(cache, Loader.class, openblas_nolapack.class, torch.class);
            new UnpackedFiles(cache, files, note -> LOGGER.log(System.Logger.Level.WARNING, note))
                    .use(cache.resolve(LOCK), load);
        } catch (UnpackingException e) {
            throw new EngineUnavailableException(e.getMessage() + wayOut(), e);
        } catch (IOException e) {
            throw new EngineUnavailableException("PyTorch's libraries cannot be unpacked (" + e + ")." + wayOut(), e);
        }
    }

    private static String wayOut() {
        return " Make room there, or name another folder with the Java option -D" + ModelCatalogue.CACHE_PROPERTY
                + "=FOLDER (it can stand in the environment variable JAVA_TOOL_OPTIONS).";
    }

    /** JavaCPP's folder; below {@code transfuse.cache}, if this is set and JavaCPP's own setting is not. */
    static Path folder() throws IOException {
        String named = System.getProperty(ModelCatalogue.CACHE_PROPERTY, "");
        boolean own = !named.isBlank() && System.getProperty(FOLDER) == null;
        if (own) {
            System.setProperty(FOLDER, Path.of(named, "javacpp").toString());
        }
        try {
            return Loader.getCacheDir().toPath();
        } finally {
            if (own) {
                System.clearProperty(FOLDER);
            }
        }
    }
}
