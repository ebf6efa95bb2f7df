package org.retailhub.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * A sentence about code.
 *
 * @param name a behaviour sentence; its bad fixture carries it in {@link Breaks}
 * @param why the reason, shown with each fault
 * @param subject which classes it speaks of
 * @param faults what is wrong with one of them
 */
record Rule(
        String name,
        String why,
        BiPredicate<World, JavaClass> subject,
        BiFunction<World, JavaClass, List<String>> faults) {

    /**
     * @param seen how many classes the rule looked at: a rule that sees none proves nothing
     * @param faults {@code class: what}
     */
    record Outcome(int seen, List<Fault> faults) {}

    /** @param type name of the outermost class */
    record Fault(String type, String what) {
        @Override
        public String toString() {
            return type + ": " + what;
        }
    }

    Outcome in(World world) {
        int seen = 0;
        List<Fault> found = new ArrayList<>();
        for (JavaClass type : world.classes()) {
            if (!type.getSimpleName().equals("package-info") && subject.test(world, type)) {
                seen++;
                faults.apply(world, type).forEach(what -> found.add(new Fault(World.outermost(type), what)));
            }
        }
        return new Outcome(seen, found.stream().distinct().toList());
    }
}
