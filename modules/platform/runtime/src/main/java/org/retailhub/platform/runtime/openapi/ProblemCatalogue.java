package org.retailhub.platform.runtime.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.runtime.RuntimeError;

/** The codes a module may answer with, and which of them come with every operation of a kind. */
final class ProblemCatalogue {
    private static final List<ErrorCode> WITH_CREDENTIAL = List.of(
            RuntimeError.NO_CREDENTIAL,
            RuntimeError.UNKNOWN_CREDENTIAL,
            RuntimeError.MISSING_SCOPE,
            // Too many strangers at the gate.
            RuntimeError.OVERLOADED,
            RuntimeError.ISSUER_DOWN);
    private static final List<ErrorCode> WITH_BODY = List.of(
            RuntimeError.MALFORMED_JSON,
            RuntimeError.UNKNOWN_FIELD,
            RuntimeError.WRONG_TYPE,
            RuntimeError.NUL_CHARACTER,
            RuntimeError.NOT_UTF8,
            RuntimeError.BODY_TOO_LARGE,
            RuntimeError.BODY_TOO_SLOW);
    private static final List<ErrorCode> ALWAYS = List.of(
            RuntimeError.INVALID_PARAMETER,
            RuntimeError.NOT_ACCEPTABLE,
            RuntimeError.UNSUPPORTED_TYPE,
            RuntimeError.DATABASE_DOWN,
            RuntimeError.ROLLED_BACK,
            RuntimeError.BUG);
    private static final List<ErrorCode> WHEN_CHANGING = List.of(
            RuntimeError.BROKER_DOWN,
            RuntimeError.OUTCOME_UNKNOWN,
            RuntimeError.KEY_IN_DOUBT,
            RuntimeError.OVERLOADED,
            RuntimeError.JOURNAL_FULL,
            RuntimeError.SHED,
            RuntimeError.FENCED);

    private final Map<String, ErrorCode> known = new TreeMap<>();

    ProblemCatalogue(Collection<? extends ErrorCode> ofModule) {
        Arrays.stream(RuntimeError.values()).forEach(code -> known.put(code.code(), code));
        ofModule.forEach(code -> known.put(code.code(), code));
    }

    /** @throws IllegalStateException if no enum has the code */
    ErrorCode named(String code, String where) {
        ErrorCode found = known.get(code);
        if (found == null) {
            throw new IllegalStateException(where + " names the problem " + code + ", which no error enum has");
        }
        return found;
    }

    /** The shared codes of an operation, by status. */
    static Map<Integer, List<ErrorCode>> shared(boolean credential, boolean counted, boolean body, boolean changing) {
        Set<ErrorCode> codes = new LinkedHashSet<>(ALWAYS);
        if (credential) {
            codes.addAll(WITH_CREDENTIAL);
        }
        if (counted) {
            codes.add(RuntimeError.QUOTA_EXCEEDED);
        }
        if (body) {
            codes.addAll(WITH_BODY);
        }
        if (changing) {
            codes.addAll(WHEN_CHANGING);
        }
        return byStatus(codes);
    }

    static Map<Integer, List<ErrorCode>> byStatus(Collection<ErrorCode> codes) {
        Map<Integer, List<ErrorCode>> sorted = new TreeMap<>();
        codes.forEach(code -> sorted.computeIfAbsent(code.kind().httpStatus(), status -> new ArrayList<>())
                .add(code));
        return sorted;
    }

    /** For the page of problems: each code with its title, and what its kind means for the caller. */
    static Map<String, Object> describe(Collection<? extends ErrorCode> codes) {
        Map<String, Object> page = new TreeMap<>();
        for (ErrorCode code : codes) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("title", code.title());
            entry.put("status", code.kind().httpStatus());
            entry.put("advice", advice(code.kind()));
            page.put(code.code(), entry);
        }
        return page;
    }

    private static String advice(ErrorKind kind) {
        return switch (kind) {
            case INVALID -> "Send something else: the same request fails again.";
            case UNAUTHENTICATED -> "Send a valid credential.";
            case FORBIDDEN -> "Ask the hub's operators for the right, or use another key.";
            case NOT_FOUND -> "It is not there, or not there yet.";
            case TOO_SLOW -> "Send the same again, faster.";
            case METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, UNSUPPORTED_TYPE -> "Ask as the API document says.";
            case CONFLICT -> "Read what is there now, then decide.";
            case PRECONDITION_FAILED -> "Read it again, and send If-Match with the new ETag.";
            case TOO_LARGE -> "Send less at once.";
            case PRECONDITION_REQUIRED -> "Read it first, and send If-Match with its ETag.";
            case REFUSED -> "A rule of the business says no.";
            case QUOTA_EXCEEDED -> "Send the same again after Retry-After; RateLimit says what is left.";
            case DEPENDENCY_DOWN -> "Send the same again after Retry-After.";
            case UNKNOWN_OUTCOME -> "It may have happened: send the same again, under the same natural key.";
            case BUG -> "Tell the hub's operators the traceId.";
        };
    }
}
