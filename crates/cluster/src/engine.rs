//! Who answers: DataFusion in this process, or a Ballista cluster.
//!
//! A cluster may lose an executor at any moment. The scheduler then gives its work to the others; where that fails, the
//! question is asked again from here. A question changes nothing and its answer is sorted by a key of its own, so the rows
//! already given out are counted and passed over in the next answer.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};
use ballista::prelude::SessionContextExt as _;
use ballista_core::config::{BALLISTA_ADAPTIVE_PLANNER_ENABLED, BALLISTA_CLIENT_PULL};
use ballista_core::execution_plans::DistributedQueryExec;
use ballista_core::object_store::{session_config_with_s3_support, session_state_with_s3_support};
use ballista_core::serde::protobuf::CancelJobParams;
use ballista_core::serde::protobuf::scheduler_grpc_client::SchedulerGrpcClient;
use datafusion::arrow::array::{Array, Int64Array, RecordBatch};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use datafusion_proto::protobuf::LogicalPlanNode;
use futures::StreamExt as _;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::Question;

/// How long a scheduler may take to answer at all.
const GREETING: Duration = Duration::from_secs(20);

/// The pause before a question is asked again.
const PAUSE: Duration = Duration::from_secs(1);

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// DataFusion in this process, within so many bytes of memory; what does not fit is spilled to disk.
    InProcess {
        /// Bytes of memory.
        memory: usize,
        /// Parts the work is cut into; 0 takes one for each processor.
        parts: usize,
    },
    /// A Ballista cluster.
    Ballista {
        /// Its scheduler: `df://host:port`.
        scheduler: String,
        /// Parts the work is cut into.
        parts: usize,
        /// How long one answer may take; then it is called off and asked for again.
        limit: Duration,
        /// How often a question is asked in all, at least once.
        tries: u32,
    },
}

/// An engine that has opened a table of actions.
pub struct Session {
    context: SessionContext,
    /// The scheduler's address, where there is one.
    scheduler: Option<String>,
    limit: Option<Duration>,
    tries: u32,
}

impl Session {
    /// Opens `actions`: a folder, or an address an object store understands (`s3://bucket/actions/`).
    ///
    /// Errors where the scheduler does not answer or the table cannot be read.
    pub async fn open(engine: &Engine, actions: &str) -> Result<Self> {
        let session = match engine {
            Engine::InProcess { memory, parts } => {
                let config = SessionConfig::new();
                let config = if *parts > 0 { config.with_target_partitions(*parts) } else { config };
                let runtime = RuntimeEnvBuilder::new()
                    .with_memory_pool(Arc::new(FairSpillPool::new(*memory)))
                    .build_arc()?;
                let context = SessionContext::new_with_config_rt(config, runtime);
                Self { context, scheduler: None, limit: None, tries: 1 }
            }
            Engine::Ballista { scheduler, parts, limit, tries } => {
                let config = session_config_with_s3_support()
                    .with_target_partitions((*parts).max(1))
                    // The plan stays as it was made: a plan changed half way can leave a job that never ends, when stages
                    // of it are at work (apache/datafusion-ballista issue 2063).
                    .set_bool(BALLISTA_ADAPTIVE_PLANNER_ENABLED, false)
                    // The state of the job is asked for again and again, so that a scheduler that is gone is noticed.
                    .set_bool(BALLISTA_CLIENT_PULL, true);
                let state = session_state_with_s3_support(config)?;
                // Looked for at once: the context would notice only with the first question.
                let address = scheduler.trim_start_matches("df://");
                let there = timeout(GREETING, TcpStream::connect(address)).await;
                there.map_err(anyhow::Error::from).and_then(|there| Ok(there?)).with_context(|| {
                    format!(
                        "The scheduler at {scheduler} does not answer. Start one: redress-cluster scheduler"
                    )
                })?;
                let scheduler = format!("df://{address}");
                let context = SessionContext::remote_with_state(&scheduler, state).await?;
                Self { context, scheduler: Some(scheduler), limit: Some(*limit), tries: (*tries).max(1) }
            }
        };
        session
            .context
            .register_parquet("actions", actions, ParquetReadOptions::default())
            .await
            .with_context(|| format!("The actions in “{actions}” cannot be read"))?;
        Ok(session)
    }

    /// Asks, and gives each row of the answer to `take`, in the order the question sorts them by. Returns how many there are.
    ///
    /// Holds one batch of rows at a time. Errors where `take` does, where the engine fails as often as it may be asked, and
    /// where it gives back anything but the question's columns in the question's order.
    pub async fn each(
        &self,
        question: Question,
        take: &mut (dyn FnMut(&[i64]) -> Result<()> + Send),
    ) -> Result<u64> {
        let mut given = Given { question, rows: 0, last: Vec::new(), take };
        let mut asked = 1;
        loop {
            match self.once(question, &mut given).await {
                Ok(()) => return Ok(given.rows),
                Err(Stopped::ForGood(error)) => return Err(error),
                Err(Stopped::Lost(error)) if asked >= self.tries => {
                    let times =
                        if asked == 1 { String::new() } else { format!(" It was asked {asked} times.") };
                    return Err(error.context(format!("The engine gave no answer.{times}")));
                }
                Err(Stopped::Lost(error)) => {
                    asked += 1;
                    log::warn!(
                        "The cluster gave no whole answer: {error:#}. Asking again, time {asked} of {}.",
                        self.tries
                    );
                    sleep(PAUSE).await;
                }
            }
        }
    }

    /// Asks, and returns all rows of the answer.
    pub async fn ask(&self, question: Question) -> Result<Vec<Vec<i64>>> {
        let mut rows = Vec::new();
        self.each(question, &mut |row| {
            rows.push(row.to_vec());
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// Asks once; rows that were given out before are passed over.
    async fn once(&self, question: Question, given: &mut Given<'_>) -> Result<(), Stopped> {
        let until = self.limit.map(|limit| Instant::now() + limit);
        // What cannot be planned will not be planned next time either.
        let plan = async { self.context.sql(&question.sql()).await?.create_physical_plan().await };
        let plan = plan.await.map_err(|error| Stopped::ForGood(error.into()))?;
        let lost = |error: datafusion::error::DataFusionError| Stopped::Lost(error.into());
        let mut batches = execute_stream(plan.clone(), self.context.task_ctx()).map_err(lost)?;
        let mut over = given.rows;
        loop {
            let next = match until {
                Some(until) => timeout_at(until, batches.next()).await,
                None => Ok(batches.next().await),
            };
            let Ok(next) = next else {
                self.call_off(plan.as_ref()).await;
                let limit = self.limit.unwrap_or_default();
                return Err(Stopped::Lost(anyhow!("no whole answer within {} s", limit.as_secs())));
            };
            match next {
                None if over > 0 => {
                    return Err(Stopped::ForGood(anyhow!("The second answer is shorter than the first.")));
                }
                None => return Ok(()),
                Some(batch) => given.take(&batch.map_err(lost)?, &mut over).map_err(Stopped::ForGood)?,
            }
        }
    }

    /// Tells the scheduler that nobody waits for this job any more. It may not hear it: then the job ends by itself.
    async fn call_off(&self, plan: &dyn ExecutionPlan) {
        let plan: &dyn Any = plan;
        let job = plan.downcast_ref::<DistributedQueryExec<LogicalPlanNode>>().and_then(|plan| plan.job_id());
        let (Some(scheduler), Some(job)) = (&self.scheduler, job) else { return };
        let address = scheduler.replacen("df://", "http://", 1);
        let told = async {
            let mut scheduler = SchedulerGrpcClient::connect(address).await?;
            scheduler.cancel_job(CancelJobParams { job_id: job.into() }).await?;
            anyhow::Ok(())
        };
        if !matches!(timeout(GREETING, told).await, Ok(Ok(()))) {
            log::warn!("The scheduler did not hear that a job was called off.");
        }
    }
}

/// Why an answer ended early.
enum Stopped {
    /// Asking again may help.
    Lost(anyhow::Error),
    /// It will not.
    ForGood(anyhow::Error),
}

/// What was given out so far.
struct Given<'a> {
    question: Question,
    rows: u64,
    last: Vec<i64>,
    take: &'a mut (dyn FnMut(&[i64]) -> Result<()> + Send),
}

impl Given<'_> {
    /// Gives out the rows of a batch but the first `over`, and counts these down.
    fn take(&mut self, batch: &RecordBatch, over: &mut u64) -> Result<()> {
        let columns: Option<Vec<&Int64Array>> =
            batch.columns().iter().map(|column| column.as_any().downcast_ref()).collect();
        let Some(columns) = columns.filter(|columns| columns.len() == self.question.columns().len()) else {
            bail!("The engine gave back {:?} where integers were asked for.", batch.schema());
        };
        if columns.iter().any(|column| column.null_count() > 0) {
            bail!("The engine gave back a missing number.");
        }
        let key = self.question.key();
        let mut cells = Vec::with_capacity(columns.len());
        for row in 0..batch.num_rows() {
            if *over > 0 {
                *over -= 1;
                continue;
            }
            cells.clear();
            cells.extend(columns.iter().map(|column| column.value(row)));
            // Without this, rows passed over after a loss could be other rows than those given out before.
            if !self.last.is_empty() && self.last[..key] >= cells[..key] {
                bail!("The engine gave back rows out of order.");
            }
            (self.take)(&cells)?;
            self.rows += 1;
            std::mem::swap(&mut self.last, &mut cells);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::datatypes::{DataType, Field, Schema};

    use super::*;

    fn batch(rows: &[[i64; 2]]) -> RecordBatch {
        let schema =
            Schema::new(["account", "pairs"].map(|name| Field::new(name, DataType::Int64, false)).to_vec());
        let column = |at: usize| Arc::new(Int64Array::from_iter_values(rows.iter().map(|row| row[at]))) as _;
        RecordBatch::try_new(Arc::new(schema), vec![column(0), column(1)]).expect("two columns")
    }

    #[test]
    fn a_second_answer_goes_on_where_the_first_broke_off() {
        let mut rows = Vec::new();
        let mut take = |row: &[i64]| {
            rows.push(row.to_vec());
            Ok(())
        };
        let question = Question::Strength { within: Duration::from_secs(1) };
        let mut given = Given { question, rows: 0, last: Vec::new(), take: &mut take };
        given.take(&batch(&[[1, 10], [2, 20], [3, 30]]), &mut 0).expect("it takes");
        // The second answer may be cut into batches elsewhere.
        let mut over = given.rows;
        given.take(&batch(&[[1, 10], [2, 20]]), &mut over).expect("it takes");
        given.take(&batch(&[[3, 30], [4, 40], [7, 5]]), &mut over).expect("it takes");
        assert_eq!(over, 0);
        assert_eq!(given.rows, 5);
        let wrong = given.take(&batch(&[[7, 6]]), &mut 0).expect_err("7 came already");
        assert!(wrong.to_string().contains("out of order"), "{wrong}");
        assert_eq!(rows, [[1, 10], [2, 20], [3, 30], [4, 40], [7, 5]]);
    }
}
