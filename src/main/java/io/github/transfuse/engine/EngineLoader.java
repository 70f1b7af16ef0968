package io.github.transfuse.engine;

import java.lang.reflect.InvocationTargetException;

/** Decides how the native side is loaded, and is the only code that names its entry class. */
public final class EngineLoader {

    private static final String ENTRY = "io.github.transfuse.torch.TorchEngine";

    private static volatile Engine engine;

    private EngineLoader() {}

    /**
     * The engine of this process, loaded at the first call (about a second).
     *
     * @throws EngineUnavailableException if the native libraries cannot be loaded
     */
    public static Engine engine() {
        Engine found = engine;
        if (found == null) {
            synchronized (EngineLoader.class) {
                found = engine;
                if (found == null) {
                    found = create(EngineLoader.class.getClassLoader());
                    engine = found;
                }
            }
        }
        return found;
    }

    private static Engine create(ClassLoader loader) {
        try {
            return Class.forName(ENTRY, true, loader)
                    .asSubclass(Engine.class)
                    .getConstructor()
                    .newInstance();
        } catch (InvocationTargetException e) {
            throw unavailable(e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw unavailable(e);
        }
    }

    private static EngineUnavailableException unavailable(Throwable cause) {
        return cause instanceof EngineUnavailableException known
                ? known
                : new EngineUnavailableException("The native libraries of PyTorch cannot be loaded: " + cause, cause);
    }
}
