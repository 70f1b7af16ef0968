package qupath.lib.plugins.workflow;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public interface WorkflowStep {
    String getName();
}
