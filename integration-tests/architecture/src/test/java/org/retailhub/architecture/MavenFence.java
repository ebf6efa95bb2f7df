package org.retailhub.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a pom may depend on. Maven's graph is the module graph: what is not a dependency cannot be compiled against, so these few
 * sentences are the first fence.
 */
record MavenFence(CompileGraph graph) {
    private static final Set<String> FOR_TESTS = Set.of("testkit", "db-migrations", "erp-simulator");
    /** In EAR/lib: packed into a WAR as well, its classes would be there twice, and unequal. */
    private static final String SHARED = "provided";

    /** Faults of a pom, by what it is; empty is good. */
    List<String> faults(Pom pom) {
        List<String> faults = new ArrayList<>();
        String name = pom.artifactId();
        if (!pom.parent().equals("retail-hub") && !name.equals("retail-hub")) {
            faults.add(name + ": its parent is not the root pom, so the enforcer's rules do not hold");
        }
        for (Pom.Dependency each : pom.dependencies()) {
            if (each.ours()) {
                faults.addAll(faults(name, each));
            } else if (name.equals("kernel") && !each.forTests()) {
                faults.add(name + ": the kernel is JDK only, it has " + each);
            } else if (name.endsWith("-api") && !each.forTests()) {
                faults.add(name + ": an api jar is JDK and kernel only, it has " + each);
            }
        }
        return faults;
    }

    private List<String> faults(String name, Pom.Dependency on) {
        List<String> faults = new ArrayList<>();
        String target = on.artifactId();
        if (target.endsWith("-impl") && !name.equals("retail-ear")) {
            faults.add(name + ": the inside of a module is nobody's dependency: " + target);
            return faults;
        }
        if (name.endsWith("-impl")) {
            impl(name.substring(0, name.length() - "-impl".length()), name, on, faults);
        } else if (name.endsWith("-api")) {
            boolean good = target.equals("kernel") || on.forTests() && FOR_TESTS.contains(target);
            if (!good) {
                faults.add(name + ": an api jar depends on the kernel only, not on " + target);
            }
        } else if (name.equals("runtime") && !on.forTests() && !target.equals("kernel")) {
            faults.add(name + ": the runtime knows the kernel and no module, not " + target);
        } else if (name.equals("testkit") && !on.forTests() && !target.equals("kernel")) {
            faults.add(name + ": the testkit serves the runtime's own tests too and knows the kernel at most, not "
                    + target);
        } else if (name.equals("kernel") && !on.forTests()) {
            faults.add(name + ": the kernel knows nobody, not " + target);
        }
        return faults;
    }

    private void impl(String module, String name, Pom.Dependency on, List<String> faults) {
        String target = on.artifactId();
        if (target.endsWith("-api") || target.equals("kernel")) {
            String other = target.endsWith("-api") ? target.substring(0, target.length() - "-api".length()) : module;
            if (!graph.knows(module)) {
                faults.add(name + ": give the module '" + module + "' a line in compile-graph.properties");
            } else if (!graph.allows(module, other)) {
                faults.add(name + ": may not use " + target + " (compile graph); let " + other
                        + " ask, or publish an event");
            }
            if (!on.scope().equals(SHARED)) {
                faults.add(name + ": " + target + " is in EAR/lib, its scope here is provided, not " + on.scope());
            }
        } else if (!target.equals("runtime") && !(on.forTests() && FOR_TESTS.contains(target))) {
            faults.add(name + ": a module depends on api jars, kernel and runtime, not on " + target);
        }
    }
}
