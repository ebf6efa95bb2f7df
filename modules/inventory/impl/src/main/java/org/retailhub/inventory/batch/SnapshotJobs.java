package org.retailhub.inventory.batch;

import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobExecutionAlreadyCompleteException;
import jakarta.batch.operations.JobExecutionNotMostRecentException;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.JobRestartException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import java.util.Properties;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.SnapshotRuns;

/** Starts and ends the job in the server's batch runtime. A row of its repository may be gone: then a new job goes on at the snapshot's line. */
public final class SnapshotJobs implements SnapshotRuns.Jobs {
    private static final Logger LOG = Logger.getLogger(SnapshotJobs.class);
    private static final String JOB = "snapshot";
    private static final Set<BatchStatus> AT_WORK =
            Set.of(BatchStatus.STARTING, BatchStatus.STARTED, BatchStatus.STOPPING);

    @Override
    public long start(String snapshot, @Nullable Long brokenOff) {
        JobOperator operator = BatchRuntime.getJobOperator();
        Properties parameters = new Properties();
        parameters.setProperty("snapshot", snapshot);
        if (brokenOff != null) {
            try {
                return operator.restart(brokenOff, parameters);
            } catch (NoSuchJobExecutionException
                    | JobExecutionAlreadyCompleteException
                    | JobExecutionNotMostRecentException
                    | JobRestartException e) {
                LOG.warnf("the job %d is not started again, a new one is: %s", brokenOff, e.getMessage());
            }
        }
        return operator.start(JOB, parameters);
    }

    @Override
    public boolean runs(long job) {
        try {
            return AT_WORK.contains(
                    BatchRuntime.getJobOperator().getJobExecution(job).getBatchStatus());
        } catch (NoSuchJobExecutionException e) {
            return false;
        }
    }

    @Override
    public void stop(long job) {
        try {
            BatchRuntime.getJobOperator().stop(job);
        } catch (JobExecutionNotRunningException | NoSuchJobExecutionException e) {
            LOG.debugf("the job %d has ended before", job);
        } catch (BatchRuntimeException e) {
            LOG.warnf("the job %d cannot be stopped: %s", job, e.getMessage());
        }
    }
}
