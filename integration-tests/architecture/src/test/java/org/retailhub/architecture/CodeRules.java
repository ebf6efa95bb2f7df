package org.retailhub.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules of the code, each with its reason. Read it as the list of what a module may count on. */
final class CodeRules {
    private static final String RUNTIME = World.PLATFORM + ".runtime";
    private static final String KERNEL = World.PLATFORM + ".kernel";
    private static final Set<String> HTTP_METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    /** Who uses one of these has a queue, or the hospital of one. */
    private static final Set<String> CONSUMES =
            Set.of(RUNTIME + ".messaging.Source", RUNTIME + ".hospital.HospitalResource");

    private static final Set<String> NOW = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalTime",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime",
            "java.time.Year",
            "java.time.YearMonth");
    private static final Set<String> SQL_BY_HAND = Set.of(
            "java.sql.Connection",
            "java.sql.Statement",
            "java.sql.PreparedStatement",
            "java.sql.CallableStatement",
            "java.sql.DriverManager");
    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.ArrayDeque",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.EnumMap",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.util.HashSet",
            "java.util.LinkedHashSet",
            "java.util.TreeSet",
            "java.lang.ThreadLocal",
            "java.lang.StringBuilder");

    private CodeRules() {}

    static List<Rule> all() {
        return List.of(
                // --- What a module shows ---------------------------------------------------------------------------
                new Rule(
                        "apiHasWordsOnly",
                        "an api jar is in everybody's class loader: records, interfaces, enums and constants, no behaviour to share",
                        World::isApi,
                        (world, type) ->
                                isWord(type) ? List.of() : List.of("is neither record, interface, enum nor constants")),
                new Rule(
                        "apiKnowsOnlyItselfTheKernelAndTheJdk",
                        "whoever uses the api must not be handed more than it",
                        World::isApi,
                        (world, type) -> uses(
                                type,
                                target -> !inJdk(target)
                                        && !in(target, KERNEL)
                                        && !in(target, type.getPackageName())
                                        && !isBreaks(target))),
                new Rule(
                        "nobodyUsesAnotherModulesInside",
                        "public means inside my WAR; the class would not even load in the server",
                        World::isModule,
                        (world, type) -> uses(
                                type,
                                target -> world.isModule(target)
                                        && !world.moduleOf(target).equals(world.moduleOf(type))
                                        && !world.isApi(target))),
                // --- Direction inside a module: adapters -> use cases -> domain
                // ---------------------------------------
                new Rule(
                        "domainKnowsNoRingOutside",
                        "the domain is what stays when doors and drivers change",
                        (world, type) -> world.isIn(World.DOMAIN, type),
                        (world, type) -> uses(
                                type,
                                target -> world.isModule(target)
                                        && !Set.of(World.DOMAIN, World.API).contains(world.ringOf(target))
                                        && !world.isVocabulary(target.getPackageName()))),
                new Rule(
                        "domainKnowsNoServer",
                        "delete the runtime jar and the server, and the domain still compiles; its mapping annotations are data",
                        (world, type) -> world.isIn(World.DOMAIN, type),
                        (world, type) -> uses(
                                type,
                                target -> in(target, RUNTIME)
                                        || in(target, "jakarta") && !in(target, "jakarta.persistence"))),
                new Rule(
                        "useCasesKnowNoAdapter",
                        "a use case that knows its doors cannot be called from a third; who wires a module may make its adapters",
                        (world, type) -> world.isIn(World.USE_CASES, type) && !isWiring(type),
                        (world, type) -> uses(type, target -> world.isAdapter(target) && !isOnlyMadeBy(type, target))),
                new Rule(
                        "adaptersDoNotSeeEachOther",
                        "what two adapters share is a use case or a word",
                        World::isAdapter,
                        (world, type) -> uses(
                                type,
                                target -> world.isAdapter(target)
                                        && !world.ringOf(target).equals(world.ringOf(type)))),
                new Rule(
                        "onlyImportsAsksOthers",
                        "the required interface of a module is on one screen: Imports names each bean, datasource and queue outside",
                        World::isModule,
                        (world, type) -> type.getSimpleName().equals("Imports") ? List.of() : outsideReferences(type)),
                // --- Database ---------------------------------------------------------------------------------------
                new Rule(
                        "statementsGoThroughTheRuntime",
                        "one place binds, closes and translates failures; a statement by hand does it once more, and worse",
                        World::isModule,
                        (world, type) -> uses(type, target -> SQL_BY_HAND.contains(target.getName()))),
                new Rule(
                        "onlyWiringHoldsTheDataSource",
                        "a class with a datasource can open a connection beside the transaction",
                        (world, type) -> world.isModule(type) && !isWiring(type),
                        (world, type) -> uses(type, target -> in(target, "javax.sql"))),
                new Rule(
                        "onlyRepositoriesHaveAnEntityManager",
                        "rows are read and written where their aggregate lives",
                        (world, type) -> world.isModule(type) && !world.isIn(World.DOMAIN, type) && !isWiring(type),
                        (world, type) -> uses(
                                type,
                                target -> target.getName().equals("jakarta.persistence.EntityManager")
                                        || target.getName().equals("jakarta.persistence.EntityManagerFactory"))),
                // --- Transactions -----------------------------------------------------------------------------------
                new Rule(
                        "answersOutsideTheCallersTransaction",
                        "one module writes per transaction: a question that joined the caller's would make two, and hold its locks",
                        (world, type) -> world.isModule(type)
                                && isBean(type)
                                && type.getRawInterfaces().stream().anyMatch(world::isApi),
                        (world, type) -> type.tryGetAnnotationOfType("jakarta.ejb.TransactionAttribute")
                                        .flatMap(each -> each.get("value"))
                                        .filter(value -> value.toString().matches(".*(NOT_SUPPORTED|REQUIRES_NEW).*"))
                                        .isPresent()
                                ? List.of()
                                : List.of("answers others and may join their transaction")),
                new Rule(
                        "useCasesOpenNoTransaction",
                        "the door opens it, so that a use case can be called by several doors and tested without any",
                        (world, type) -> world.isIn(World.USE_CASES, type) && !isWiring(type) && !isBean(type),
                        (world, type) -> uses(type, target -> in(target, "jakarta.transaction"))),
                // --- Values -----------------------------------------------------------------------------------------
                new Rule(
                        "amountsAreExact",
                        "0.1 + 0.2 is not 0.3 in binary: money and quantities are BigDecimal",
                        (world, type) -> world.isModule(type) || in(type, KERNEL),
                        (world, type) -> Stream.concat(
                                        type.getFields().stream()
                                                .filter(field -> isBinary(field.getRawType()))
                                                .map(JavaField::getName),
                                        type.getMethods().stream()
                                                .filter(method -> isBinary(method.getRawReturnType())
                                                        || method.getRawParameterTypes().stream()
                                                                .anyMatch(CodeRules::isBinary))
                                                .map(JavaMethod::getName))
                                .map(name -> name + " is double or float")
                                .toList()),
                new Rule(
                        "timeIsInjected",
                        "a test sets the clock; code that asks the machine cannot be tested at a month's end",
                        (world, type) -> true,
                        CodeRules::asksTheMachineForTheTime),
                new Rule(
                        "noStaticMutableState",
                        "nothing in memory is the only copy, and two tests in one JVM must not meet",
                        (world, type) -> true,
                        CodeRules::staticState),
                // --- Names and words
                // ------------------------------------------------------------------------------------
                new Rule(
                        "namesSayWhatAThingIs",
                        "Impl, Manager, Helper, Util, DTO, Entity, Abstract and I- say that nobody knew",
                        (world, type) -> !type.isAnonymousClass(),
                        (world, type) -> type.getSimpleName()
                                        .matches(
                                                ".*(Impl|Manager|Helper|Helpers|Util|Utils|DTO|Dto|Entity)|Abstract.*|I[A-Z][a-z].*")
                                ? List.of("is called " + type.getSimpleName())
                                : List.of()),
                new Rule(
                        "logsThroughTheServersFacade",
                        "one facade, with codes operators can search; standard output has no level and no owner",
                        (world, type) -> true,
                        CodeRules::strayOutput),
                // --- The platform
                // -------------------------------------------------------------------------------------
                new Rule(
                        "kernelKnowsTheJdkOnly",
                        "everybody shares it",
                        (world, type) ->
                                in(type, KERNEL) || type.getPackageName().equals(World.BAD + ".kernel"),
                        (world, type) -> uses(
                                type,
                                target -> !inJdk(target) && !in(target, type.getPackageName()) && !isBreaks(target))),
                new Rule(
                        "runtimeKnowsNoModule",
                        "a library is called, it does not call",
                        (world, type) ->
                                in(type, RUNTIME) || type.getPackageName().equals(World.BAD + ".runtime"),
                        (world, type) -> uses(type, world::isModule)),
                new Rule(
                        "platformGivesNoBaseClass",
                        "a library, not a framework: modules call it and implement its interfaces, they do not extend it",
                        World::isModule,
                        (world, type) -> type.getRawSuperclass()
                                .filter(parent -> in(parent, World.PLATFORM))
                                .map(parent -> List.of("extends " + parent.getName()))
                                .orElse(List.of())),
                // --- Operation ---------------------------------------------------------------------------------------
                new Rule(
                        "whatIsConsumedCanBeWatched",
                        "a queue or a hospital that operations does not ask fills without an alarm, and its orders have a gap in their trace",
                        (world, type) -> world.isModule(type)
                                && World.targets(type).anyMatch(target -> CONSUMES.contains(target.getName())),
                        CodeRules::unwatched),
                // --- Doors -------------------------------------------------------------------------------------------
                new Rule(
                        "everyDoorNamesItsScope",
                        "the gate opens a method to those who have its scope, or leaves it to check a signature; without either it is open to nobody",
                        (world, type) -> type.isAnnotatedWith("jakarta.ws.rs.Path"),
                        (world, type) -> type.getMethods().stream()
                                .filter(method -> method.getAnnotations().stream()
                                        .anyMatch(each -> in(each.getRawType(), "jakarta.ws.rs")
                                                && HTTP_METHODS.contains(
                                                        each.getRawType().getSimpleName())))
                                .filter(method -> !method.isAnnotatedWith(RUNTIME + ".rest.RequiresScope")
                                        && !method.isAnnotatedWith(RUNTIME + ".rest.ChecksSignature"))
                                .map(method -> method.getName() + " has no @RequiresScope")
                                .toList()));
    }

    private static List<String> uses(JavaClass type, Predicate<JavaClass> forbidden) {
        return World.targets(type)
                .filter(forbidden)
                .map(target -> "uses " + target.getName())
                .distinct()
                .toList();
    }

    static boolean in(JavaClass type, String packageName) {
        return type.getPackageName().equals(packageName)
                || type.getPackageName().startsWith(packageName + ".");
    }

    private static boolean inJdk(JavaClass type) {
        return type.isPrimitive() || in(type, "java");
    }

    private static boolean isBreaks(JavaClass type) {
        return type.getName().equals(Breaks.class.getName());
    }

    private static boolean isWord(JavaClass type) {
        if (type.isInterface() || type.isEnum() || type.isRecord()) {
            return true;
        }
        boolean constant = type.getModifiers().contains(JavaModifier.FINAL)
                && type.getConstructors().stream()
                        .allMatch(each -> each.getModifiers().contains(JavaModifier.PRIVATE))
                && type.getFields().stream()
                        .allMatch(each -> each.getModifiers().contains(JavaModifier.STATIC)
                                && each.getModifiers().contains(JavaModifier.FINAL));
        return constant || type.getEnclosingClass().filter(JavaClass::isEnum).isPresent();
    }

    /** Beans that put the module together: they make its parts or are started by the server. */
    private static boolean isWiring(JavaClass type) {
        return type.getSimpleName().equals("Imports")
                || type.isAnnotatedWith("jakarta.ejb.Startup")
                || type.getMethods().stream()
                        .anyMatch(each -> each.isAnnotatedWith("jakarta.enterprise.inject.Produces"));
    }

    /** Its constructor is called and nothing else: wiring by hand. */
    private static boolean isOnlyMadeBy(JavaClass type, JavaClass made) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(each -> each.getTargetClass().getBaseComponentType().equals(made))
                .allMatch(each -> each.getDescription().contains("calls constructor"));
    }

    private static boolean isBean(JavaClass type) {
        return type.isAnnotatedWith("jakarta.ejb.Stateless") || type.isAnnotatedWith("jakarta.ejb.Singleton");
    }

    private static List<String> outsideReferences(JavaClass type) {
        Stream<String> fields = type.getFields().stream()
                .filter(field -> field.isAnnotatedWith("jakarta.ejb.EJB")
                        || field.tryGetAnnotationOfType("jakarta.annotation.Resource")
                                .filter(each -> !each.get("lookup").orElse("").equals("")
                                        || !each.get("name").orElse("").equals(""))
                                .isPresent())
                .map(field -> field.getName() + " is injected from outside");
        Stream<String> lookups = uses(type, target -> target.getName().equals("javax.naming.InitialContext")).stream();
        return Stream.concat(fields, lookups).toList();
    }

    private static List<String> unwatched(World world, JavaClass type) {
        String module = world.moduleOf(type).orElseThrow();
        boolean answers = world.classes().stream()
                .anyMatch(each -> each.getSimpleName().equals("InsightBean")
                        && world.moduleOf(each).equals(Optional.of(module))
                        && isBean(each)
                        && each.isAssignableTo(KERNEL + ".Insight"));
        if (!answers) {
            return List.of("consumes, and its module " + module + " has no InsightBean");
        }
        boolean asked = world.classes().stream()
                .filter(each -> world.isModule(each) && each.getSimpleName().equals("Imports"))
                .flatMap(each -> each.getFields().stream())
                .flatMap(field -> field.tryGetAnnotationOfType("jakarta.ejb.EJB").stream())
                .anyMatch(each ->
                        each.get("lookup").orElse("").toString().startsWith("java:app/" + module + "/InsightBean!"));
        return asked ? List.of() : List.of("consumes, and nobody's Imports asks the InsightBean of " + module);
    }

    private static boolean isBinary(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        return Set.of("double", "float", "java.lang.Double", "java.lang.Float").contains(base.getName());
    }

    private static List<String> asksTheMachineForTheTime(World world, JavaClass type) {
        Stream<String> calls = type.getMethodCallsFromSelf().stream()
                .filter(call -> {
                    String owner = call.getTargetOwner().getName();
                    String method = call.getTarget().getName();
                    boolean now = NOW.contains(owner)
                            && method.equals("now")
                            && call.getTarget().getRawParameterTypes().stream()
                                    .noneMatch(each -> each.getName().equals("java.time.Clock"));
                    boolean clock = owner.equals("java.time.Clock")
                            && method.startsWith("system")
                            && !call.getOrigin().isAnnotatedWith("jakarta.enterprise.inject.Produces");
                    return now || clock || owner.equals("java.lang.System") && method.equals("currentTimeMillis");
                })
                .map(call -> call.getOrigin().getName() + " calls "
                        + call.getTargetOwner().getSimpleName() + "."
                        + call.getTarget().getName());
        Stream<String> dates = type.getConstructorCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().getName().equals("java.util.Date")
                        && call.getTarget().getRawParameterTypes().isEmpty())
                .map(call -> call.getOrigin().getName() + " makes a Date of now");
        return Stream.concat(calls, dates).distinct().toList();
    }

    private static List<String> staticState(World world, JavaClass type) {
        Stream<String> fields = type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(field -> {
                    String raw = field.getRawType().getName();
                    boolean open = field.getRawType().isArray()
                            && !field.getModifiers().contains(JavaModifier.PRIVATE);
                    return !field.getModifiers().contains(JavaModifier.FINAL)
                            || open
                            || MUTABLE.contains(raw)
                            || raw.startsWith("java.util.concurrent.");
                })
                .map(field -> "static " + field.getName() + " can change");
        Stream<String> contents = type.getStaticInitializer().stream()
                .filter(initializer -> initializer.getMethodCallsFromSelf().stream()
                        .noneMatch(call -> call.getTarget().getName().matches("copyOf|unmodifiable.*")))
                .flatMap(initializer -> initializer.getConstructorCallsFromSelf().stream())
                .map(call -> call.getTargetOwner().getName())
                .filter(made -> MUTABLE.contains(made) || made.startsWith("java.util.concurrent."))
                .map(made -> "keeps a static " + made + " that nothing makes unmodifiable");
        return Stream.concat(fields, contents).distinct().toList();
    }

    private static List<String> strayOutput(World world, JavaClass type) {
        Stream<String> streams = type.getFieldAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().getName().equals("java.lang.System"))
                .map(access -> "uses System." + access.getTarget().getName());
        Stream<String> traces = type.getMethodCallsFromSelf().stream()
                .filter(call -> call.getTarget().getName().equals("printStackTrace"))
                .map(call -> call.getOrigin().getName() + " prints a stack trace");
        Stream<String> others = uses(
                type,
                target -> in(target, "java.util.logging")
                        || target.getName().startsWith("java.lang.System$Logger")
                        || in(target, "org.slf4j")
                        || in(target, "org.apache.logging"))
                .stream();
        return Stream.of(streams, traces, others)
                .flatMap(each -> each)
                .distinct()
                .toList();
    }
}
