package org.retailhub.platform.runtime.rest;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Before JAX-RS: an address or header that it could not even parse would be answered with a page of the server's, and a stack trace in
 * the log. Here it is refused as a problem that names the header. Cookies do not come so far: the listener drops them.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class WireGate implements Filter {
    private static final String TOKEN = "[\\w!#$%&'*+.^`|~-]++";
    private static final String TEXT = "\"(?:[^\"\\\\\\p{Cntrl}]|\\\\[^\\p{Cntrl}])*+\"";
    private static final String QUALITY = " ?+; ?+q=(?:0(?:\\.\\d{0,3}+)?+|\\.\\d{1,3}+|1(?:\\.0{0,3}+)?+)";
    private static final String PARAMETER = " ?+; ?+(?!q=)" + TOKEN + "=(?:" + TOKEN + "|" + TEXT + ")";
    private static final String TYPE = TOKEN + "/" + TOKEN;
    private static final Pattern CONTENT_TYPE = Pattern.compile(TYPE + "(?:" + PARAMETER + ")*+");
    private static final Pattern ACCEPT = list("(?:" + TYPE + "|\\*)(?:" + PARAMETER + "|" + QUALITY + ")*+");
    private static final Pattern ACCEPT_LANGUAGE =
            list("(?:[A-Za-z]{1,8}+(?:-[A-Za-z0-9]{1,8}+)*+|\\*)(?:" + QUALITY + ")?+");

    private static Pattern list(String each) {
        return Pattern.compile(each + "(?: ?+, ?+" + each + ")*+");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        Optional<String> unreadable = unreadable(http);
        if (unreadable.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            refuse(unreadable.get(), http, (HttpServletResponse) response);
        }
    }

    private static Optional<String> unreadable(HttpServletRequest http) {
        if (!isAddress(http.getRequestURI(), http.getQueryString())) {
            return Optional.of("address");
        }
        String type = http.getHeader("Content-Type");
        if (type != null && !isContentType(type)) {
            return Optional.of("Content-Type");
        }
        if (!all(http.getHeaders("Accept"), WireGate::isAccept)) {
            return Optional.of("Accept");
        }
        return all(http.getHeaders("Accept-Language"), WireGate::isAcceptLanguage)
                ? Optional.empty()
                : Optional.of("Accept-Language");
    }

    static boolean isContentType(String type) {
        return type.equals("application/json") || CONTENT_TYPE.matcher(type).matches();
    }

    static boolean isAccept(String accept) {
        return accept.equals("*/*")
                || accept.equals("application/json")
                || ACCEPT.matcher(accept).matches();
    }

    static boolean isAcceptLanguage(String language) {
        return ACCEPT_LANGUAGE.matcher(language).matches();
    }

    static boolean isAddress(String path, String query) {
        try {
            new URI("http://hub" + path + (query == null ? "" : "?" + query));
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean all(Enumeration<String> values, Predicate<String> good) {
        while (values.hasMoreElements()) {
            if (!good.test(values.nextElement())) {
                return false;
            }
        }
        return true;
    }

    private static void refuse(String what, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String traceparent = ApiKeyGate.traceparent(request);
        Problem problem = Problem.of(
                new RetailException(
                        RuntimeError.INVALID_PARAMETER,
                        what + " cannot be read",
                        List.of(new RetailException.Violation(what, "cannot be read")),
                        null),
                traceparent);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("traceparent", traceparent);
        StrictJson.mapper().writeValue(response.getOutputStream(), problem);
    }
}
