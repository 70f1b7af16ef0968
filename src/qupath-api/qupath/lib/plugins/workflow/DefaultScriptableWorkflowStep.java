package qupath.lib.plugins.workflow;

import java.util.Map;

/** Declares what the extension uses of QuPath 0.6 to 0.8, for the compiler only. */
public class DefaultScriptableWorkflowStep implements WorkflowStep {
    public DefaultScriptableWorkflowStep(String name, Map<String, ?> parameterMap, String script) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getName() {
        throw new UnsupportedOperationException();
    }
}
