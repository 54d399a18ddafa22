// The public interface of the package. Everything that a run does can be put together from these pieces.

// Nouns: the contracts that environments, teachers, policies, models and trainers of your own implement, and the data between them.
export type { Checks, Correction } from './contracts/correction.ts'
/** Schema of a teacher's answer for one step. */
export { correctionSchema } from './contracts/correction.ts'
export type { Domain, PrivilegeLevel, SearchProbe, TeacherSettings } from './contracts/domain.ts'
export type { Environment, Episode, Observation } from './contracts/environment.ts'
/** What everything here throws: a stable code, what was expected and found, what to do. */
export { LeapError, type LeapErrorOptions } from './contracts/error.ts'
export type { DatasetExample, DistillExample, DpoExample, KtoExample, SftExample } from './contracts/example.ts'
/** Schemas of training rows. */
export { dpoExampleSchema, ktoExampleSchema, sftExampleSchema } from './contracts/example.ts'
export type { ChatModel, GenerateRequest, GenerateResult, Message } from './contracts/model.ts'
export type { Panel } from './contracts/panel.ts'
/** Schema of a frozen list of tasks with its hash. */
export { panelSchema } from './contracts/panel.ts'
export type { Decision, PastStep, Policy, PolicyRequest } from './contracts/policy.ts'
export type { PrivilegedState } from './contracts/privileged-state.ts'
/** Schema of what only a teacher may see. */
export { privilegedStateSchema } from './contracts/privileged-state.ts'
/** A progress reporter, and one that keeps silent. */
export { type ProgressReporter, silentProgress } from './contracts/progress.ts'
export type { Task } from './contracts/task.ts'
/** Schema of a task. */
export { taskSchema } from './contracts/task.ts'
export type { RewriteRequest, Teacher } from './contracts/teacher.ts'
export type { Trainer, TrainingData, TrainProgress, TrainRequest, TrainResult } from './contracts/trainer.ts'
export type { Outcome, Step, Trajectory } from './contracts/trajectory.ts'
/** Schema of what happened in an episode. */
export { trajectorySchema } from './contracts/trajectory.ts'
/** Checks corrections: form, availability of the action, leaks of privileged content. */
export { checkCorrections } from './corrections/check-corrections.ts'
/** All checks, those that ask models included, and one rewrite of what they object to. */
export { type Reviewers, type ReviewOptions, reviewCorrections } from './corrections/review-corrections.ts'
/** Training rows from corrections. */
export { correctionExamples } from './datasets/correction-examples.ts'
/** Training rows from demonstrations. */
export { demonstrationExamples } from './datasets/demonstration-examples.ts'
/** Rows in the formats of other trainers. */
export { type WriteExportOptions, writeExport } from './datasets/export/write-export.ts'
/** Trajectories in the formats of others as demonstrations. */
export { type ImportOptions, importEpisodes } from './datasets/import/import-episodes.ts'
/** The prompt format of small students. */
export { compactRenderer, type Renderer } from './datasets/step-example.ts'
/** What an update rule trains on, of the datasets so far. */
export { type TrainingDataOptions, trainingData } from './datasets/training-data.ts'
/** The household games on files in ALFWorld's format. */
export { type AlfworldOptions, createAlfworld } from './environments/alfworld/create-alfworld.ts'
/** Finds games in a folder, a file or an archive. */
export { openGames } from './environments/alfworld/games/open-games.ts'
/** The household games on generated files. */
export { createGeneratedHousehold } from './environments/alfworld/generator/generated-environment.ts'
/** A shop as an environment: one task per request, in WebShop's splits. */
export { createWebshop } from './environments/webshop/environment/create-webshop.ts'
/** How the shop is shown to an agent: observation mode, cut of candidates, LEAP's own mistakes. */
export type { LeapSessionOptions } from './environments/webshop/leap-session.ts'
/** Reads WebShop's data files that fit into memory. */
export { type LoadOptions, loadShopData, type ShopData } from './environments/webshop/loading/load-shop-data.ts'
/** Nouns of titles, by which the type of a purchase is judged: a list of words, a table of one's own, or a tagger. */
export { type NounExtractor, tableNouns, wordNouns } from './environments/webshop/reward/nouns.ts'
export { winkNouns } from './environments/webshop/reward/wink-nouns.ts'
/** A shop over products and requests: sessions, and what a purchase earns. */
export { openShop, type Shop, type ShopOptions } from './environments/webshop/shop.ts'
/** A store of the full catalogue on disk: made once, opened at once. */
export { type BuildStoreOptions, buildStore } from './environments/webshop/store/build-store.ts'
export { openStore, type Store } from './environments/webshop/store/open-store.ts'
/** The best sample of each task. */
export { chooseBest } from './evaluation/choose-best.ts'
/** Compares two policies on the same tasks. */
export { type Comparison, compareEvaluations } from './evaluation/compare.ts'
/** Success, actions and behaviour of trajectories on a panel, with intervals. */
export { type EvaluateOptions, evaluateTrajectories } from './evaluation/evaluate-trajectories.ts'
/** How one policy did on one panel. */
export { type Evaluation, evaluationSchema } from './evaluation/evaluation.ts'
/** Freezes a list of tasks under a hash, and proves it later. */
export { freezePanel, type PanelSelection, resolvePanel } from './evaluation/panel.ts'
/** The best policy on the selection panel. */
export { selectBest } from './evaluation/select-best.ts'
/** Lets a policy play tasks: one trajectory after the other, or all of them sorted. */
export { type RolloutOptions, rollout, rolloutAll } from './execution/rollout.ts'
/** Schema of everything that determines a run. */
export { type Config, type ConfigInput, configSchema, type OptimiserConfig } from './experiments/config.ts'
/** The trainer for a block of optimiser settings. */
export { createTrainer, createTrainerFactory, type TrainerContext } from './experiments/create-trainer.ts'
/** The household games with their teacher, labeller and scripted agents. */
export { type AlfworldDomainOptions, openAlfworldDomain } from './experiments/domains/alfworld.ts'
/** Opens the domain that a configuration names. */
export { type OpenedDomain, openDomain } from './experiments/domains/domains.ts'
export {
  type InterCodeOptions,
  openInterCodeBash,
  openInterCodePython,
  openInterCodeSql,
} from './experiments/domains/intercode.ts'
/** A generated shop, a store, or official files. */
export { type OpenedShop, type OpenShopOptions, openShopOf } from './experiments/domains/open-shop.ts'
/** The shop with its teacher, labeller, scripted shoppers and the measures of the paper's Figure 3. */
export { openWebshopDomain } from './experiments/domains/webshop.ts'
export type { LeapSteps } from './experiments/leap-steps.ts'
/** Reads a preset or a configuration file. */
export { loadConfig } from './experiments/load-config.ts'
/** The untrained student of a configuration. */
export { prepareBase } from './experiments/prepare-base.ts'
/** Configurations that come with the package. */
export { presets } from './experiments/presets/presets.ts'
/** A whole run: LEAP, controls and baselines, judged on the same panels; resumes. */
export { type ExperimentOptions, type ExperimentResult, runExperiment } from './experiments/run-experiment.ts'
/** Algorithm 1 over steps of your own. */
export { type LeapResult, leap } from './leap.ts'
/** Everything round a model that costs money: journal, retries, limits, prices, budget. */
export { equipModel, type ModelEquipment, type ModelEvent } from './models/equip-model.ts'
/** Variables with keys: the environment's and those of a `.env` file. */
export { readEnvironment } from './models/keys/read-environment.ts'
/** A model folder that generates in this process. */
export { createLocalModel, type LocalModelOptions } from './models/local/local-model.ts'
/** A call to a model that gave no answer, and whether to try again. */
export { ModelError } from './models/model-error.ts'
/** Opens a model of any provider by its name. */
export { openModel } from './models/open-model.ts'
/** What calls cost, and what they may cost at most. */
export { costOf, estimateCost, mostCost } from './models/prices/cost.ts'
/** The price of a model, where it is known. */
export { findPrice, type Price, type PriceTable } from './models/prices/find-price.ts'
export type { OpenModelOptions, Provider } from './models/provider.ts'
/** The providers there are, by name. */
export { providers } from './models/providers/providers.ts'
/** An OpenAI-compatible server over a checkpoint. */
export { type ModelServer, type ServeOptions, serveModel } from './models/serve/serve-model.ts'
/** Opens a checkpoint to be served. */
export { openServedModel, type ServedModel } from './models/serve/served-model.ts'
/** A hard cap in US dollars. */
export { type Budget, createBudget } from './models/wrappers/budget.ts'
/** Every paid answer of a run, in a file. */
export { type CallJournal, openCallJournal } from './models/wrappers/call-journal.ts'
/** Tokens and costs by phase and model. */
export { createLedger, type Ledger, type Spending } from './models/wrappers/ledger.ts'
/** Requests and tokens a minute, calls at once. */
export { createRateLimiter, type RateLimiter, type RateLimits } from './models/wrappers/rate-limiter.ts'
/** The prompt format of students that were trained on instructions. */
export { createChatRenderer } from './policies/prompts/chat.ts'
/** The prompts of an environment, and one template. */
export { openPrompts, type PromptName, type Prompts } from './policies/prompts/open-prompts.ts'
export { createPromptTemplate, type PromptTemplate } from './policies/prompts/prompt-template.ts'
/** A prompted model as a policy (ReAct). */
export { createReactPolicy, type ReactOptions } from './policies/react.ts'
/** A student: a prompt, a model, and the parsing of its answer. */
export { createStudentPolicy } from './policies/student.ts'
/** The tables of a result, as text. */
export { describeResult } from './report/describe-result.ts'
/** Creates or resumes a run directory. */
export { type OpenRunOptions, openRun } from './runs/open-run.ts'
/** Reads a run from outside, also while it is at work. */
export { type RunSummary, readRunSummary } from './runs/read-run-summary.ts'
export type { Run } from './runs/run.ts'
/** Named streams of random numbers. */
export { createRandom, deriveSeed, type Random } from './support/random.ts'
/** Reads a hidden state out of the log of a solved game. */
export { createPrivilegeExtractor, type PrivilegeExtractor } from './teachers/llm/extract-privilege.ts'
/** Says whether a correction follows from what the student has seen. */
export { createBlindJudge, type Judge } from './teachers/llm/judge.ts'
/** Gives reasons to a demonstration, from the past alone. */
export { createReasonLabeller, type ReasonLabeller } from './teachers/llm/label-reasons.ts'
/** A language model as teacher. */
export { createLlmTeacher } from './teachers/llm/llm-teacher.ts'
export type { LlmTeacherOptions } from './teachers/llm/settings.ts'
/** Trains by a service that fine-tunes in OpenAI's shape. */
export { createHostedTrainer, type HostedTrainerOptions } from './training/hosted/hosted-trainer.ts'
/** Writes the checkpoint of a fresh student with a vocabulary of its own. */
export { type CreateStudentOptions, createStudent } from './training/local/create-student.ts'
/** Trains in this process. */
export { createLocalTrainer } from './training/local/local-trainer.ts'
export type { LocalTrainingSettings } from './training/local/settings.ts'
/** Checks an adapter folder before a server sees it. */
export { type CheckedAdapter, checkAdapter } from './training/serving/check-adapter.ts'
/** Plays students through a server of models: adapters are loaded, confirmed, probed and unloaded. */
export { createServing, type ServingOptions } from './training/serving/create-serving.ts'
export type { Serving } from './training/serving/serving.ts'
/** Trains with Hugging Face TRL in Python. */
export { createTrlTrainer, type TrlTrainerOptions } from './training/trl/trl-trainer.ts'
/** Reads and writes model folders in Hugging Face layout. */
export { type Checkpoint, type CheckpointFiles, readCheckpoint, writeCheckpoint } from './transformer/checkpoint.ts'
