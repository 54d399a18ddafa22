/**
 * The words of the generated games as a twl2 grammar: the commands are ALFWorld's (text 2.1.3), the sentences our own. `task` is the sentence of the
 * task. Every name in a sentence is complete (`mug 1`), so that it can be copied into a command.
 */
export function grammarText(task: string): string {
  return before + JSON.stringify(task) + after
}

const before = `grammar :: """
{
  "intro": [{ "rhs": "#look.feedback#\\n\\n#task#" }],
  "task": [{ "rhs": `

const after = ` }],

  "look.feedback": [
    {
      "condition": "atlocation(a:agent, l:location) & receptacleatlocation(r:receptacle, l:location)",
      "rhs": "You stand at [{r.name | atlocation(a:agent, l:location) & receptacleatlocation(r:receptacle, l:location)}]."
    },
    { "rhs": "You are in the middle of a room. Around you there is [{#one(r)# | receptacleatlocation(r:receptacle, spot:location)}]." }
  ],
  "one(r)": [{ "rhs": "a {r.name}" }],
  "one(o)": [{ "rhs": "a {o.name}" }],
  "list_empty": [{ "rhs": "nothing" }],
  "list_separator": [{ "rhs": ", " }],
  "list_last_separator": [{ "rhs": ", and " }],

  "contents": [
    { "condition": "openable(r:receptacle) & opened(r:receptacle)", "rhs": "It is open. Inside you find [{#one(o)# | inreceptacle(o:object, r:receptacle)}]." },
    { "condition": "openable(r:receptacle)", "rhs": "It is closed." },
    { "rhs": "There you find [{#one(o)# | inreceptacle(o:object, r:receptacle)}]." }
  ],
  "inventory.feedback": [
    { "condition": "holdsany(a:agent)", "rhs": "In your hand is [{#one(o)# | holds(a:agent, o:object)}]." },
    { "rhs": "Your hand is empty." }
  ],
  "examineObject.feedback": [
    { "condition": "isclean(o:object) & ishot(o:object)", "rhs": "You look at {o.name}. It has been washed and is hot." },
    { "condition": "isclean(o:object) & iscool(o:object)", "rhs": "You look at {o.name}. It has been washed and is cold." },
    { "condition": "isclean(o:object)", "rhs": "You look at {o.name}. It has been washed." },
    { "condition": "ishot(o:object)", "rhs": "You look at {o.name}. It is hot." },
    { "condition": "iscool(o:object)", "rhs": "You look at {o.name}. It is cold." },
    { "condition": "issliced(o:object)", "rhs": "You look at {o.name}. It has been cut." },
    { "rhs": "You look at {o.name}. Nothing about it is unusual." }
  ]
}
""";

action look { template :: "look"; feedback :: "#look.feedback#"; }
action inventory { template :: "inventory"; feedback :: "#inventory.feedback#"; }
action examineReceptacle { template :: "examine {r}"; feedback :: "You check {r.name}. #contents#"; }
action examineObject { template :: "examine {o}"; feedback :: "#examineObject.feedback#"; }
action GotoLocation { template :: "go to {r}"; feedback :: "You are now at {r.name}. #contents#"; }
action OpenObject { template :: "open {r}"; feedback :: "You open {r.name}. #contents#"; }
action CloseObject { template :: "close {r}"; feedback :: "You close {r.name} again."; }
action PickupObject { template :: "take {o} from {r}"; feedback :: "You take {o.name}. It was at {r.name}."; }
action PutObject { template :: "move {o} to {r}"; feedback :: "You leave {o.name} at {r.name}."; }
action CleanObject { template :: "clean {o} with {r}"; feedback :: "You wash {o.name} at {r.name}. It is clean now."; }
action HeatObject { template :: "heat {o} with {r}"; feedback :: "You warm up {o.name} with {r.name}. It is hot now."; }
action CoolObject { template :: "cool {o} with {r}"; feedback :: "You chill {o.name} with {r.name}. It is cold now."; }
action ToggleObject { template :: "use {o}"; feedback :: "You switch on {o.name}."; }
action SliceObject { template :: "slice {co} with {ko}"; feedback :: "You cut {co.name} with {ko.name}."; }
action help {
  template :: "help";
  feedback :: "What you can do:
  go to a place, open it, close it, examine it,
  take a thing from a place, move a thing to a place, examine the thing in your hand,
  clean a thing with a sinkbasin, heat it with a microwave, cool it with a fridge, use a lamp, slice food with a knife,
  look around, see your inventory, read this help.";
}
`
