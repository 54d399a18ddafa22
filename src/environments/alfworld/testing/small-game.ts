/**
 * A household in miniature with words of its own, to show that nothing about verbs and sentences is built into the engine. It keeps
 * the traps of ALFWorld's domain: the comma in `inspectthing`, arrival, things listed in two places, doors that heating ignores.
 */
export const smallDomain = `
(define (domain cottage)
 (:requirements :adl :typing)
 (:types agent location receptacle object rtype otype)
 (:predicates
   (atLocation ?a - agent ?l - location) (receptacleAtLocation ?r - receptacle ?l - location)
   (objectAtLocation ?o - object ?l - location) (openable ?r - receptacle) (opened ?r - receptacle)
   (inReceptacle ?o - object ?r - receptacle) (isReceptacleObject ?o - object)
   (receptacleType ?r - receptacle ?t - rtype) (objectType ?o - object ?t - otype) (canContain ?rt - rtype ?ot - otype)
   (holds ?a - agent ?o - object) (holdsAny ?a - agent) (checked ?x - object)
   (isHot ?o - object) (heatable ?o - object) (pickupable ?o - object) (toggleable ?o - object)
   (isOn ?o - object) (isToggled ?o - object))
 (:action glance :parameters (?a - agent ?l - location) :precondition (atLocation ?a ?l) :effect (checked ?l))
 (:action pockets :parameters (?a - agent) :precondition () :effect (and (checked ?a)))
 (:action advice :parameters (?a - agent) :precondition () :effect (checked ?a))
 (:action inspectPlace :parameters (?a - agent ?r - receptacle)
   :precondition (exists (?l - location) (and (atLocation ?a ?l) (receptacleAtLocation ?r ?l)))
   :effect (checked ?r))
 (:action inspectThing :parameters (?a - agent ?o - object)
   :precondition (or
     (exists (?l - location, ?r - receptacle)
       (and (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (inReceptacle ?o ?r)))
     (holds ?a ?o)) ; a comment with (a parenthesis
   :effect (checked ?o))
 (:action walk :parameters (?a - agent ?lStart - location ?lEnd - location ?r - receptacle)
   :precondition (and (atLocation ?a ?lStart) (receptacleAtLocation ?r ?lEnd))
   :effect (and (not (atLocation ?a ?lStart)) (atLocation ?a ?lEnd) (increase (total-cost) 1)))
 (:action unlatch :parameters (?a - agent ?l - location ?r - receptacle)
   :precondition (and (openable ?r) (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (not (opened ?r)))
   :effect (and (opened ?r) (checked ?r)))
 (:action latch :parameters (?a - agent ?l - location ?r - receptacle)
   :precondition (and (openable ?r) (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (opened ?r))
   :effect (not (opened ?r)))
 (:action grab :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
   :precondition (and (pickupable ?o) (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (inReceptacle ?o ?r)
     (not (holdsAny ?a)) (or (not (openable ?r)) (opened ?r)))
   :effect (and (not (inReceptacle ?o ?r)) (holds ?a ?o) (holdsAny ?a) (not (objectAtLocation ?o ?l))))
 (:action stow :parameters (?a - agent ?l - location ?o - object ?r - receptacle ?ot - otype ?rt - rtype)
   :precondition (and (holds ?a ?o) (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (or (not (openable ?r)) (opened ?r))
     (objectType ?o ?ot) (receptacleType ?r ?rt) (canContain ?rt ?ot))
   :effect (and (inReceptacle ?o ?r) (objectAtLocation ?o ?l) (not (holds ?a ?o)) (not (holdsAny ?a))))
 (:action bake :parameters (?a - agent ?l - location ?r - receptacle ?o - object)
   :precondition (and (heatable ?o) (or (receptacleType ?r StoveType) (receptacleType ?r OvenType))
     (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (holds ?a ?o))
   :effect (isHot ?o))
 (:action flick :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
   :precondition (and (toggleable ?o) (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (inReceptacle ?o ?r))
   :effect (and (when (isOn ?o) (not (isOn ?o))) (when (not (isOn ?o)) (isOn ?o)) (isToggled ?o)))
)`

/** The texts of the small household, with the list rules and the empty-list quirks of ALFWorld's grammar. */
export const smallGrammar = `
# Comments are allowed between statements.
grammar :: """
{
  "intro": [{ "rhs": "Welcome to the cottage.\\n\\n#glance.answer#\\n\\n#task#" }],
  "task": [{ "rhs": "Your task is to: get a cup into the oven." }],
  "look inside": [
    { "condition": "openable(r:receptacle) & opened(r:receptacle)", "rhs": "Inside the {r.name}: #things in(r)#." },
    { "condition": "openable(r:receptacle)", "rhs": "The {r.name} is shut." },
    { "rhs": "Upon the {r.name}: #things in(r)#." }
  ],
  "things in(r)": [{ "rhs": "[{o.indefinite + ' ' + o.name | inreceptacle(o:object, r:receptacle)}]" }],
  "never used": [{ "rhs": "{o.name} (upon the {r.name})}" }],
  "list_empty": [{ "rhs": "nothing" }],
  "list_separator": [{ "rhs": ", " }],
  "list_last_separator": [{ "rhs": ", and " }]
}
""";

action glance {
  template :: "glance about";
  feedback :: "#glance.answer#";
  grammar :: """
    # A comment line within a block.
    {
      "glance.answer": [
        {
          "condition": "atlocation(a:agent, l:location) & receptacleatlocation(r:receptacle, l:location)",
          "rhs": "Before you: [{r.name | atlocation(a:agent, l:location) & receptacleatlocation(r:receptacle, l:location)}]. Beside: [{#entry(o)# | atlocation(a:agent, l:location) & objectatlocation(o:object, l:location) & receptacleatlocation(r:receptacle, l:location) & not_inreceptacle(o:object, r:receptacle)}]."
        },
        { "rhs": "The middle of the room. Around you: [{#entry(r)# | receptacleatlocation(r:receptacle, l:location)}]." }
      ],
      "entry(o)": [{ "rhs": "{o.indefinite} {o.name}" }],
      "entry(r)": [{ "rhs": "{r.indefinite} {r.name or r.id}" }]
    }
  """;
}
action pockets {
  template :: "check pockets";
  feedback :: "#pockets.answer#";
  grammar :: """
    { "pockets.answer": [
      { "condition": "holdsany(a:agent)", "rhs": "You hold [{o.indefinite + ' ' + o.name | holds(a:agent, o:object)}]." },
      { "rhs": "Your hands are free." } ] }
  """;
}
action advice {
  template :: "advice";
  feedback :: "
What can be done:
  walk to (place):     go there
";
}
action inspectPlace { template :: "inspect {r}"; feedback :: "#look inside#"; }
action inspectThing {
  template :: "inspect {o}";
  feedback :: "#thing.answer#";
  grammar :: """
    { "thing.answer": [
      { "condition": "isreceptacleobject(o:object)", "rhs": "An ordinary {o.name}." },
      { "condition": "ishot(o:object)", "rhs": "A hot {o.name}." },
      { "condition": "not_istoggled(o:object)", "rhs": "Never seen." },
      { "rhs": "A plain {o.name}." } ] }
  """;
}
action walk {
  template :: "walk to [{r.name | receptacleatlocation(r:receptacle, lend:location)}]";
  feedback :: "You stand at {lend.name} now. #look inside#";
}
action unlatch { template :: "unlatch {r}"; feedback :: "You unlatch the {r.name}. #look inside#"; }
action latch { template :: "latch {r}"; feedback :: "You latch the {r.name}."; }
action grab { template :: "grab {o} out of {r}"; feedback :: "The {o.name} leaves the {r.name}."; }
action stow { template :: "stow {o} at {r}"; feedback :: "The {o.name} goes to the {r.name}."; }
action bake { template :: "bake {o} by {r}"; feedback :: "The {o.name} is hot."; }
action flick {
  template :: "flick {o}";
  feedback :: "#flick.answer#";
  grammar :: """
    { "flick.answer": [
      { "condition": "toggleable(o:object) & istoggled(o:object)", "rhs": "Light from the {o.name}." },
      { "rhs": "Darkness." } ] }
  """;
}
action fly { template :: "fly"; feedback :: "#no such rule#"; }
`

const objects = `
  agent1 - agent
  loc_bar_0 - location loc_bar_1 - location loc_bar_2 - location loc_bar_3 - location
  Table_bar_1 - receptacle Drawer_bar_1 - receptacle Drawer_bar_2 - receptacle Oven_bar_1 - receptacle
  Cup_bar_1 - object Cup_bar_2 - object Pie_bar_1 - object Lamp_bar_1 - object Pen_bar_1 - object Cup - object
  TableType - rtype DrawerType - rtype OvenType - rtype
  CupType - otype PieType - otype LampType - otype PenType - otype`

const facts = `
  (atLocation agent1 loc_bar_0)
  (receptacleAtLocation Table_bar_1 loc_bar_1) (receptacleType Table_bar_1 TableType)
  (receptacleAtLocation Drawer_bar_1 loc_bar_2) (receptacleType Drawer_bar_1 DrawerType) (openable Drawer_bar_1)
  (receptacleAtLocation Drawer_bar_2 loc_bar_2) (receptacleType Drawer_bar_2 DrawerType)
  (receptacleAtLocation Oven_bar_1 loc_bar_3) (receptacleType Oven_bar_1 OvenType) (openable Oven_bar_1)
  (canContain TableType CupType) (canContain TableType PieType) (canContain TableType PenType)
  (canContain DrawerType PenType) (canContain DrawerType CupType) (canContain OvenType PieType) (canContain OvenType CupType)
  (objectType Cup_bar_1 CupType) (pickupable Cup_bar_1) (heatable Cup_bar_1) (isReceptacleObject Cup_bar_1)
  (objectType Cup_bar_2 CupType) (pickupable Cup_bar_2) (heatable Cup_bar_2) (isReceptacleObject Cup_bar_2)
  (objectType Pie_bar_1 PieType) (pickupable Pie_bar_1) (heatable Pie_bar_1)
  (objectType Lamp_bar_1 LampType) (toggleable Lamp_bar_1)
  (objectType Pen_bar_1 PenType) (pickupable Pen_bar_1)
  (inReceptacle Cup_bar_1 Table_bar_1) (objectAtLocation Cup_bar_1 loc_bar_1)
  (inReceptacle Lamp_bar_1 Table_bar_1) (objectAtLocation Lamp_bar_1 loc_bar_1)
  (inReceptacle Pie_bar_1 Table_bar_1) (objectAtLocation Pie_bar_1 loc_bar_1)
  (inReceptacle Pen_bar_1 Drawer_bar_1) (inReceptacle Pen_bar_1 Drawer_bar_2) (objectAtLocation Pen_bar_1 loc_bar_2)
  (inReceptacle Cup_bar_2 Drawer_bar_1) (objectAtLocation Cup_bar_2 loc_bar_2)`

/** The goal of the small game unless another is asked for: a cup in the oven. */
export const cupInOven = `(exists (?r - receptacle) (exists (?o - object)
  (and (objectType ?o CupType) (receptacleType ?r OvenType) (inReceptacle ?o ?r))))`

/** What to change in the small game. */
export interface SmallGameOptions {
  readonly goal?: string
  readonly moreFacts?: string
  readonly domain?: string
  readonly grammar?: string
  readonly solvable?: boolean
  readonly walkthrough?: readonly string[]
}

/** The text of a small `game.tw-pddl`. Cup 2 and the pen lie in drawer 2, the pen is listed in drawer 1 too (see the numbering). */
export function smallGameText(options: SmallGameOptions = {}): string {
  const { goal = cupInOven, moreFacts = '', domain = smallDomain, grammar = smallGrammar, ...rest } = options
  const pddl_problem = `(define (problem small) (:domain cottage) (:objects ${objects}) (:init ${facts} ${moreFacts}) (:goal (and ${goal})))`
  return JSON.stringify({ pddl_domain: domain, grammar, pddl_problem, solvable: true, ...rest })
}
