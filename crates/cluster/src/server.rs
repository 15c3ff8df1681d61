//! The scheduler and the executors of a Ballista cluster, with the settings the questions need.
//!
//! Executors come and ask for work (pull-staged). The other way, a scheduler that hands work out, keeps count of each
//! executor's free places; when an executor is lost, the stages that read from it start again, and the places their tasks
//! held on the others are never counted free (Ballista 55; apache/datafusion-ballista issue 2418 is the same for a cancelled
//! job). A cluster of one remaining executor then waits for ever.
//!
//! Nothing here looks for other machines: an executor goes to the scheduler it is told, and a scheduler waits. There is no
//! password and no encryption between them, so they listen on this machine alone unless told otherwise; across machines,
//! give them a network of their own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::object_store::{
    runtime_env_with_s3_support, session_config_with_s3_support, session_state_with_s3_support,
};
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;

/// An executor shows that it lives by asking for work: every 50 ms, and every 5 s while all its places are taken
/// (`HEARTBEAT_POLL_INTERVAL` of ballista-executor). Fewer seconds than two of these would bury the living.
const LEAST_LOST_AFTER: u64 = 12;

/// A scheduler.
#[derive(Debug, Clone)]
pub struct Scheduler {
    /// Where it listens.
    pub listen: SocketAddr,
    /// By what name executors and askers reach it.
    pub host: String,
    /// Seconds without a sign of life after which an executor's work is given to others; at least 12.
    pub lost_after: u64,
}

/// An executor.
#[derive(Debug, Clone)]
pub struct Executor {
    /// The scheduler's host.
    pub scheduler: String,
    /// The scheduler's port.
    pub scheduler_port: u16,
    /// Where it listens for data; the port after it listens for work.
    pub listen: SocketAddr,
    /// By what name the others reach it.
    pub host: String,
    /// Tasks at once; 0 takes one for each processor.
    pub tasks: usize,
    /// Bytes of memory for all tasks; what does not fit is spilled.
    pub memory: u64,
    /// Where data between two stages lies.
    pub scratch: PathBuf,
}

/// Runs a scheduler until it is stopped.
pub async fn scheduler(settings: &Scheduler) -> Result<()> {
    let lost_after = settings.lost_after.max(LEAST_LOST_AFTER);
    let config = SchedulerConfig {
        scheduling_policy: TaskSchedulingPolicy::PullStaged,
        bind_host: settings.listen.ip().to_string(),
        bind_port: settings.listen.port(),
        external_host: settings.host.clone(),
        executor_timeout_seconds: lost_after,
        expire_dead_executor_interval_seconds: 1,
        no_executors_grace_period_seconds: lost_after,
        override_config_producer: Some(Arc::new(session_config_with_s3_support)),
        override_session_builder: Some(Arc::new(session_state_with_s3_support)),
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await?;
    start_server(cluster, settings.listen, Arc::new(config))
        .await
        .with_context(|| format!("The scheduler at {} stopped", settings.listen))
}

/// Runs an executor until it is stopped.
pub async fn executor(settings: &Executor) -> Result<()> {
    std::fs::create_dir_all(&settings.scratch)
        .with_context(|| format!("“{}” cannot be made", settings.scratch.display()))?;
    let config = ExecutorProcessConfig {
        bind_host: settings.listen.ip().to_string(),
        external_host: Some(settings.host.clone()),
        port: settings.listen.port(),
        grpc_port: settings.listen.port().saturating_add(1),
        scheduler_host: settings.scheduler.clone(),
        scheduler_port: settings.scheduler_port,
        scheduler_connect_timeout_seconds: 30,
        vcores: settings.tasks,
        work_dir: Some(settings.scratch.display().to_string()),
        task_scheduling_policy: TaskSchedulingPolicy::PullStaged,
        memory_pool_size: Some(settings.memory),
        override_config_producer: Some(Arc::new(session_config_with_s3_support)),
        override_runtime_producer: Some(Arc::new(runtime_env_with_s3_support)),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config))
        .await
        .with_context(|| format!("The executor at {} stopped", settings.listen))
}
