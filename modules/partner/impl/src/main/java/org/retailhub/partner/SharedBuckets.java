package org.retailhub.partner;

import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Bucket4j's buckets in a table, one row each, exact over all nodes: a state replaces the one it was made from, or nothing. Each
 * statement commits by itself, so no lock is held over the network.
 */
final class SharedBuckets extends AbstractCompareAndSwapBasedProxyManager<String> {
    private final Database database;

    SharedBuckets(Database database, Clock clock) {
        super(ClientSideConfig.getDefault().withClientClock(new Meter(clock)));
        this.database = database;
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(String bucket) {
        return new CompareAndSwapOperation() {
            @Override
            public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
                return database.queryOne(
                        "select state from quota_bucket where bucket = ?", row -> row.getBytes(1), bucket);
            }

            @Override
            public boolean compareAndSwap(
                    byte[] original, byte[] replacement, RemoteBucketState state, Optional<Long> timeoutNanos) {
                int changed = original == null
                        ? database.update(
                                "insert into quota_bucket (bucket, state) values (?, ?) on conflict do nothing",
                                bucket,
                                replacement)
                        : database.update(
                                "update quota_bucket set state = ? where bucket = ? and state = ?",
                                replacement,
                                bucket,
                                original);
                return changed == 1;
            }
        };
    }

    @Override
    public void removeProxy(String bucket) {
        database.update("delete from quota_bucket where bucket = ?", bucket);
    }

    @Override
    public boolean isAsyncModeSupported() {
        return false;
    }

    @Override
    public boolean isExpireAfterWriteSupported() {
        return false;
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String bucket) {
        throw new UnsupportedOperationException("isAsyncModeSupported says no");
    }

    @Override
    protected CompletableFuture<Void> removeAsync(String bucket) {
        throw new UnsupportedOperationException("isAsyncModeSupported says no");
    }

    /** The time of day, since nodes have no other clock in common; it is as exact as they are synchronized. */
    private record Meter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
