package qupath.lib.gui.extensions;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface GitHubProject {
    GitHubRepo getRepository();

    /** A repository. */
    class GitHubRepo {
        public static GitHubRepo create(String name, String owner, String repo) {
            throw new UnsupportedOperationException();
        }
    }
}
