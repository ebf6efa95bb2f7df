package org.retailhub.platform.runtime.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Keeps the last good answers of reads that {@link MayBeOld}, and gives them while the database is away, marked with {@code Age} (RFC 9111)
 * and {@code Cache-Status} (RFC 9211). Behind the gate: nobody gets an answer whose key could not be verified, and none of another tenant or
 * of other channels. At most 8 MiB a module; what does not fit is not kept.
 */
@Provider
public class LastAnswers implements ContainerResponseFilter, WriterInterceptor {
    static final int MOST_KEPT = 512;
    static final int MOST_BYTES = 16 << 10;
    private static final String PENDING = "org.retailhub.keep-answer";

    private record Key(String tenant, Set<String> channels, String address) {}

    private record Kept(
            byte[] body, @Nullable MediaType type, @Nullable Object etag, long at) {}

    /** An answer that is about to be written. */
    private record Pending(
            Key key, @Nullable MediaType type, @Nullable Object etag, long at) {}

    private final LongSupplier nanoClock;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };

    @Context
    private ResourceInfo resource;

    public LastAnswers() {
        this(System::nanoTime);
    }

    LastAnswers(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MayBeOld rule = resource.getResourceMethod() == null
                ? null
                : resource.getResourceMethod().getAnnotation(MayBeOld.class);
        if (rule == null || !(request.getProperty(ApiKeyGate.CALLER) instanceof CallContext caller)) {
            return;
        }
        Key key = new Key(
                caller.tenant(),
                caller.channels(),
                request.getUriInfo().getRequestUri().getRawSchemeSpecificPart());
        if (response.getStatus() == 200) {
            request.setProperty(
                    PENDING,
                    new Pending(
                            key,
                            response.getMediaType(),
                            response.getHeaders().getFirst("ETag"),
                            nanoClock.getAsLong()));
        } else if (response.getEntity() instanceof Problem problem
                && RuntimeError.DATABASE_DOWN.code().equals(problem.code())) {
            answerAsBefore(key, rule, response);
        } else {
            // It is gone, or no longer the caller's.
            forget(key);
        }
    }

    private void answerAsBefore(Key key, MayBeOld rule, ContainerResponseContext response) {
        Kept last;
        synchronized (kept) {
            last = kept.get(key);
        }
        long age = last == null ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - last.at());
        if (last == null || age > rule.seconds()) {
            return;
        }
        response.setStatus(200);
        response.setEntity(last.body(), new java.lang.annotation.Annotation[0], last.type());
        response.getHeaders().remove("Retry-After");
        response.getHeaders().putSingle("Age", Long.toString(age));
        response.getHeaders()
                .putSingle(
                        "Cache-Status",
                        "retail-hub; hit; ttl=-" + age + "; detail=\"" + RuntimeError.DATABASE_DOWN.code() + "\"");
        if (last.etag() != null) {
            response.getHeaders().putSingle("ETag", last.etag());
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (!(context.getProperty(PENDING) instanceof Pending pending)) {
            context.proceed();
            return;
        }
        Copy copy = new Copy(context.getOutputStream());
        context.setOutputStream(copy);
        context.proceed();
        byte[] body = copy.whole();
        if (body == null) {
            forget(pending.key());
            return;
        }
        synchronized (kept) {
            kept.put(pending.key(), new Kept(body, pending.type(), pending.etag(), pending.at()));
        }
    }

    private void forget(Key key) {
        synchronized (kept) {
            kept.remove(key);
        }
    }

    /** Writes on, and keeps what was written unless it is too much. */
    private static final class Copy extends FilterOutputStream {
        private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
        private boolean tooMuch;

        Copy(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            tooMuch |= copy.size() + length > MOST_BYTES;
            if (!tooMuch) {
                copy.write(bytes, from, length);
            }
        }

        byte @Nullable [] whole() {
            return tooMuch ? null : copy.toByteArray();
        }
    }
}
